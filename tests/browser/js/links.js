// Everything that a page refers to, and what others may refer to on it.
() => {
  const attributes = (selector, name) => [...document.querySelectorAll(selector)].map((e) => e.getAttribute(name));
  const elsewhere = '[href]:not(link[rel=icon][href^="data:image/"])'; // an icon may be in the page itself
  return {
    targets: [...attributes(elsewhere, "href"), ...attributes("[src]", "src"), ...attributes("form", "action")],
    ids: attributes("[id]", "id"),
    icons: document.querySelectorAll("link[rel=icon]").length,
    wordless: [...document.querySelectorAll("a[href]")].filter((e) => !e.textContent.trim()).map((e) => e.outerHTML),
  };
}
