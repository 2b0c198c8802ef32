// The first element that a selector finds and a visitor sees, and that says `words` where some are given; null where there
// is none.
({ selector, words }) => {
  let found = [];
  try {
    found = selector ? [...document.querySelectorAll(selector)] : [];
  } catch {} // axe writes selectors that reach into frames, which no page understands
  const says = (e) => !words || e.innerText.replace(/\s+/g, " ").trim() === words;
  return found.find((e) => e.checkVisibility() && e.getClientRects().length > 0 && says(e)) ?? null;
}
