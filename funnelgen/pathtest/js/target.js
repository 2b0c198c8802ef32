// Where to press the first element that a selector finds and a visitor sees, in CSS pixels of the screen: `at`, null where
// there is none; `free` is false where a press there reaches another one, or does nothing. With `words` it is the first
// whose label has them.
([selector, words]) => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const labels = (e) => [...(e.labels ?? [])];
  const plain = (text) => text.replace(/\s+/g, " ").toLowerCase();
  const said = (e) => plain([...labels(e).map((label) => label.textContent), e.ariaLabel ?? ""].join(" "));
  const meant = (e) => !words || said(e).includes(plain(words));
  const found = [...document.querySelectorAll(selector)].find((e) => shown(e) && meant(e));
  if (!found) return { at: null, free: false };
  found.scrollIntoView({ block: "center", behavior: "instant" });
  // A link that goes over two lines has no middle of its own; each of its lines has one.
  const boxes = [found.getBoundingClientRect(), ...found.getClientRects()];
  const middles = boxes.map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
  // What is drawn in place of a box to tick is its label, or in it.
  const reached = (hit) => [found, ...labels(found)].some((e) => e.contains(hit));
  const free = middles.find((at) => reached(document.elementFromPoint(...at)));
  return { at: free ?? middles[0], free: free !== undefined && !found.matches(":disabled") };
}
