// What sticks out of the screen sideways, or is cut off: words, fields, pictures and tables. What scrolls by itself may.
() => {
  const width = document.documentElement.clientWidth;
  const overflow = (e) => getComputedStyle(e).overflowX;
  const scrolls = (e) => e && e !== document.body && (["auto", "scroll"].includes(overflow(e)) || scrolls(e.parentElement));
  const shown = (e) => e.checkVisibility() && !e.closest("svg, .vh, .skip") && getComputedStyle(e).clipPath === "none";
  const speaks = (e) => [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const counts = (e) => shown(e) && (speaks(e) || e.matches("input, button, img, table"));
  const sticksOut = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1) && !scrolls(e.parentElement);
  };
  const isCut = (e) =>
    ["hidden", "clip"].includes(overflow(e)) &&
    !e.matches("input") &&
    (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
  const name = (e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`;
  const wide = document.documentElement.scrollWidth;
  const elements = [...document.body.querySelectorAll("*")].filter(counts);
  return [
    ...(wide > width ? [`the page is ${wide} px wide`] : []),
    ...elements.filter(sticksOut).map((e) => `${name(e)} sticks out`),
    ...elements.filter(isCut).map((e) => `${name(e)} is cut off`),
  ];
}
