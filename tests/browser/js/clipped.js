// Buttons, ways to decline, boxes to tick, steps and labels whose words stand outside of them, or are torn apart.
() => {
  const hidden = (e) => getComputedStyle(e).clipPath !== "none" || (e.parentElement && hidden(e.parentElement));
  const texts = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (!hidden(node.parentElement)) found.push(node);
    return found;
  };
  const boxesOf = (node, from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()];
  };
  const boxes = (element) => texts(element).flatMap((node) => boxesOf(node, 0, node.length));
  const lines = (node, word) => new Set(boxesOf(node, word.index, word.index + word[0].length).map((b) => Math.round(b.top)));
  // The label of a bump is the offer's name, and may have a word longer than the card.
  const isTorn = (e) =>
    !e.matches(".bump label") &&
    texts(e).some((node) => [...node.data.matchAll(/[\p{L}\p{M}]+/gu)].some((word) => lines(node, word).size > 1));
  const sticksOut = (e) => {
    const own = e.getBoundingClientRect();
    return boxes(e).some((b) => b.left < own.left - 1 || b.right > own.right + 1 || b.top < own.top - 1 || b.bottom > own.bottom + 1);
  };
  const name = (e) => `${e.className} "${e.textContent.trim().replace(/\s+/g, " ").slice(0, 60)}"`;
  const elements = [...document.querySelectorAll(".btn, .decline, .bump label, .steps li, .kicker span, .foot nav a, .mini a")];
  return elements.filter((e) => e.checkVisibility() && (sticksOut(e) || isTorn(e))).map(name);
}
