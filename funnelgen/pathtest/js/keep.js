// Runs before anything else on a page. Where a visitor begins anew, the browser is given what that visitor kept until
// now, which stands in the window's name, and nothing of the visitor before. Then it is noted what the page begins with.
(() => {
  if (window !== window.top) return;
  // A visitor would wait until one page has faded into the next; we need not, and pictures of both are not cheap.
  for (const moment of ["pageswap", "pagereveal"]) {
    addEventListener(moment, ({ viewTransition }) => {
      viewTransition?.ready.catch(() => {}); // it is refused, which would be told as the fault of a script
      viewTransition?.skipTransition();
    });
  }
  const sign = "funnelgen:";
  const storages = () => ({ local: localStorage, session: sessionStorage });
  try {
    if (window.name.startsWith(sign)) {
      const kept = JSON.parse(window.name.slice(sign.length));
      window.name = "";
      for (const [name, storage] of Object.entries(storages())) {
        storage.clear();
        for (const [key, value] of Object.entries(kept[name])) storage.setItem(key, value);
      }
    }
    const all = Object.entries(storages()).map(([name, storage]) => [name, { ...storage }]);
    Object.defineProperty(window, Symbol.for("funnelgen"), { value: Object.fromEntries(all) });
  } catch {
    // A page without an origin of its own keeps nothing.
  }
})();
