// The links of glossary terms in the prose of a page: where they stand, and whether the prose named the term before.
() => {
  const closed = "a, code, pre, button, h1, h2, h3, h4, h5, h6, th, summary, svg, script, style";
  const notProse = ".lede, .def, .ticks";
  const words = (text) => text.toLowerCase().replace(/[\s\u2010\u2011-]+/g, " ").trim();
  const proseBefore = (link) => {
    const range = document.createRange();
    range.setStart(document.querySelector("main"), 0);
    range.setEndBefore(link);
    const part = range.cloneContents();
    part.querySelectorAll(`${closed}, ${notProse}`).forEach((e) => e.remove());
    return ` ${words(part.textContent)} `;
  };
  const whole = (text) => new RegExp(`[^\\w]${words(text).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}[^\\w]`);
  return [...document.querySelectorAll("main a.term")]
    .filter((link) => !link.closest(".differs"))
    .map((link) => ({
      href: link.getAttribute("href"),
      text: link.textContent,
      inside: link.parentElement.closest(closed)?.tagName ?? "",
      named_before: whole(link.textContent).test(proseBefore(link)),
    }));
}
