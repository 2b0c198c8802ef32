// Where to press the first element that a selector finds and a visitor sees, in CSS pixels of the screen: `at`, null where
// there is none; `free` is false where a press there reaches another one, or does nothing.
(selector) => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getClientRects().length > 0;
  const found = [...document.querySelectorAll(selector)].find(shown);
  if (!found) return { at: null, free: false };
  found.scrollIntoView({ block: "center", behavior: "instant" });
  // A link that goes over two lines has no middle of its own; each of its lines has one.
  const boxes = [found.getBoundingClientRect(), ...found.getClientRects()];
  const middles = boxes.map((box) => [box.x + box.width / 2, box.y + box.height / 2]);
  const free = middles.find((at) => found.contains(document.elementFromPoint(...at)));
  return { at: free ?? middles[0], free: free !== undefined && !found.matches(":disabled") };
}
