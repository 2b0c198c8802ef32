// Buttons, ways to decline, boxes to tick, steps and labels whose words stand outside of them.
() => {
  const hidden = (e) => getComputedStyle(e).clipPath !== "none" || (e.parentElement && hidden(e.parentElement));
  const boxes = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(node);
      if (!hidden(node.parentElement)) found.push(...range.getClientRects());
    }
    return found;
  };
  const sticksOut = (e) => {
    const own = e.getBoundingClientRect();
    return boxes(e).some((b) => b.left < own.left - 1 || b.right > own.right + 1 || b.top < own.top - 1 || b.bottom > own.bottom + 1);
  };
  const name = (e) => `${e.className} "${e.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}"`;
  const elements = [...document.querySelectorAll(".btn, .decline, .bump label, .steps li, .kicker span")];
  return elements.filter((e) => e.checkVisibility() && sticksOut(e)).map(name);
}
