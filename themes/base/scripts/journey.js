// A visitor's way through the funnel: tells an address of the site's own choice what was seen, chosen, accepted,
// declined and paid. What it knows of the page stands in its own element, written when the site was built. Pages work
// without it, and it changes nothing that is seen. docs/events.md says what is sent.
(() => {
  const page = document.currentScript.dataset;
  const address = new URL(location);

  // The payment's session is nobody's business: out of the address before any other script can read it.
  const session = address.searchParams.get("session_id");
  if (session !== null) {
    address.searchParams.delete("session_id");
    history.replaceState(history.state, "", address);
  }

  // The journey's id, and after it a mark for every payment that it has told of. The browser keeps it until the tab is
  // closed; where storage is blocked, every page is a journey of its own.
  let journey = [];
  let kept = true;
  const keep = () => {
    try {
      sessionStorage.funnelgen = journey.join(" ");
    } catch {
      kept = false;
    }
  };

  const begin = () => {
    try {
      journey = (sessionStorage.funnelgen || "").split(" ");
    } catch {}
    const random = crypto.getRandomValues(new Uint8Array(16));
    journey[0] ||= Array.from(random, (byte) => (byte + 256).toString(16).slice(1)).join("");
    keep();
  };

  // What was sent last is not sent again: a double click is one.
  let before;
  const send = (event, told) => {
    const now = event + JSON.stringify(told);
    if (now === before) return;
    before = now;
    const { to, step, kind } = page;
    const body = JSON.stringify({ v: 1, event, journey: journey[0], step, kind, ...told, at: new Date() });
    if (!navigator.sendBeacon?.(to, body))
      fetch(to, { method: "POST", body, keepalive: true, mode: "no-cors" }).catch(() => {});
  };

  // Only buttons that the build wrote have an amount; of any other there is nothing to tell.
  const charge = (event, buttons, button) => {
    const amount = new URLSearchParams(buttons).get(button);
    if (amount) send(event, { button, amount, currency: page.currency });
    return amount;
  };

  // Reloading the page, or coming back to it, is no second payment. Another session of the same button is one.
  // The mark of a session is enough to tell it from another, and of no use to anybody.
  const purchase = () => {
    const button = address.searchParams.get("paid");
    let sign = 7;
    for (const letter of session || "") sign = (Math.imul(sign, 31) + letter.codePointAt()) | 0;
    const mark = session ? `${button}#${sign}#` : `${button}#`;
    if (journey.slice(1).some((told) => told.startsWith(mark)) || !(kept || session)) return;
    if (charge("purchase", page.paid, button)) {
      journey.push(mark);
      keep();
    }
  };

  const click = ({ target }) => {
    const link = target.closest("a[href]");
    if (link?.dataset.button) charge("accept", page.sells, link.dataset.button);
    else if (link && link.origin + link.pathname === location.origin + page.next) send(page.way);
  };

  const change = ({ target }) => {
    const [, number] = /^bump-(\d+)$/.exec(target.id) || [];
    if (number) send(target.checked ? "select" : "deselect", { offer: page.bumps.split(" ")[number - 1] });
  };

  const start = () => {
    begin();
    purchase();
    send("view");
    addEventListener("click", click, true);
    addEventListener("change", change, true);
    addEventListener("submit", () => page.way === "submit" && send("submit"), true);
    // Back to a page that the browser had kept as it was.
    addEventListener("pageshow", ({ persisted }) => {
      before = "";
      if (persisted) send("view");
    });
  };

  // A page that was fetched in advance is seen by nobody yet, one in a picture of the funnel never.
  const seen = () =>
    document.prerendering ? document.addEventListener("prerenderingchange", start, { once: true }) : start();

  if (top !== self) return;
  if ("consent" in page) document.addEventListener("funnelgen:consent", seen, { once: true });
  else seen();
})();
