// What axe-core finds: on the whole page, or, where `kinds` of elements are given that js/look.js saw here, on one element
// of each look that they have and that is none of the `known` ones. All looks that were judged are told as well.
async ([options, kinds, known]) => {
  // Once what fades has faded: colours that pass from light to dark are nobody's.
  for (const one of document.getAnimations()) if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
  if (!kinds) {
    const { violations, incomplete } = await axe.run(document, options); // the rest would take as long to tell
    return { violations, incomplete, looks: [] };
  }

  // What decides whether words can be read: their letters, what is behind them, and, of a link, the words around it.
  const behind = new Map([[null, ""]]);
  const behindOf = (e) => {
    if (!behind.has(e)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(e);
      const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode].join(" ");
      const none = own === "rgba(0, 0, 0, 0) none 1 none normal";
      behind.set(e, behindOf(e.parentElement) + (none ? "" : `>${own}`));
    }
    return behind.get(e);
  };
  const lettersOf = (e) => {
    const { color, fontSize, fontWeight, textShadow, textDecorationLine, borderBottomStyle } = getComputedStyle(e);
    return [color, fontSize, fontWeight, textShadow, textDecorationLine, borderBottomStyle].join(" ");
  };
  const inksOf = (e) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(e);
    // WCAG 1.4.3 asks for less of large letters: from 24 px, or from 14 pt where they are bold.
    const large = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    return [color, large, textShadow].join(" ");
  };
  const lookOf = (e) => {
    const link = e.closest("a");
    const letters = link ? [inksOf(e), lettersOf(link), lettersOf(link.parentElement)].join("|") : inksOf(e);
    return [e.matches("input, select, textarea, button") && e.tagName, letters, behindOf(e)].join("|");
  };

  const seen = window[Symbol.for("funnelgen kinds")];
  const looks = Map.groupBy(kinds.map((kind) => seen.get(kind)).filter(Boolean), lookOf);
  for (const look of known) looks.delete(look);
  const found = { violations: [], incomplete: [], looks: [] };
  const judge = async (elements) => {
    if (elements.length === 0) return;
    const { violations, incomplete } = await axe.run({ include: elements }, options);
    found.violations.push(...violations);
    found.incomplete.push(...incomplete);
  };
  await judge([...looks.values()].map(([one]) => one));

  // Over a drawing axe-core decides nothing: then the next ones of that look are judged, and it is new on the next page.
  const open = found.incomplete.flatMap(({ nodes }) => nodes).map(({ target }) => document.querySelector(target[0]));
  const decided = ([, [one]]) => !open.some((e) => one.contains(e));
  found.looks = [...looks].filter(decided).map(([look]) => look);
  await judge([...looks].filter((it) => !decided(it)).flatMap(([, [, ...others]]) => others));
  return found;
}
