// What sticks out of the screen sideways, or is cut off: words, fields, pictures and tables.
() => {
  const width = document.documentElement.clientWidth;
  const shown = (e) => e.checkVisibility() && !e.closest("svg, .vh, .skip") && getComputedStyle(e).clipPath === "none";
  const speaks = (e) => [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const counts = (e) => shown(e) && (speaks(e) || e.matches("input, button, img, table"));
  const sticksOut = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1);
  };
  const isCut = (e) =>
    getComputedStyle(e).overflow !== "visible" &&
    (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
  const name = (e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`;
  const wide = document.documentElement.scrollWidth;
  const elements = [...document.body.querySelectorAll("*")].filter(counts);
  return [
    ...(wide > width ? [`the page is ${wide} px wide`] : []),
    ...elements.filter(sticksOut).map((e) => `${name(e)} sticks out`),
    ...elements.filter((e) => !e.matches("input") && isCut(e)).map((e) => `${name(e)} is cut off`),
  ];
}
