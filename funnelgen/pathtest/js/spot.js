// Where the first element is that a selector finds and a visitor sees, and that says `words` where some are given. Measured
// from the top of the page in CSS pixels.
// `mark` outlines it, or takes the outline away; through the CSSOM, which a page's policy does not forbid.
({ selector, words, mark }) => {
  let found = [];
  try {
    found = selector ? [...document.querySelectorAll(selector)] : [];
  } catch {} // axe writes selectors that reach into frames, which no page understands
  const says = (e) => !words || e.innerText.replace(/\s+/g, " ").trim() === words;
  const seen = found.find((e) => e.checkVisibility() && e.getClientRects().length > 0 && says(e));
  const box = seen?.getBoundingClientRect();
  // Red on white, whatever colours the page has.
  const look = { outline: "3px solid #d6252c", "outline-offset": "4px", "box-shadow": "0 0 0 10px #fff" };
  if (seen && mark === true) {
    for (const [name, value] of Object.entries(look)) seen.style.setProperty(name, value, "important");
  } else if (seen && mark === false) {
    for (const name of Object.keys(look)) seen.style.removeProperty(name);
    if (!seen.getAttribute("style")) seen.removeAttribute("style");
  }
  return {
    middle: box ? box.top + scrollY + Math.min(box.height, innerHeight) / 2 : null,
    height: Math.max(document.documentElement.scrollHeight, innerHeight),
  };
}
