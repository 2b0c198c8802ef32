// A visitor's way through the funnel. It takes the payment's session out of the address; adds to payment links what
// their provider takes: the journey's id, the email given here, the campaign; and tells an address of the site's own
// choice what was seen, chosen, accepted, declined and paid. What it knows of the page stands in its own element,
// written when the site was built. Pages work without it, and it changes nothing that is seen. docs/events.md and
// docs/payments.md say what is sent where.
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
    journey[0] ||= crypto.getRandomValues(new Uint32Array(4)).join("-");
    keep();
  };

  // Of the address only a campaign's own names count. The last campaign is the one that led here.
  const arrive = () => {
    const names = (page.campaign || "").split(" ");
    const came = [...address.searchParams].filter(([name, value]) => value && names.includes(name));
    if (kept && came[0]) sessionStorage.funnelgenCampaign = new URLSearchParams(came);
  };

  // As funnelgen/payments/parameters.py does it: only what the provider takes, in letters that it does not drop, and
  // never in the place of what the link has already. Where nothing can be kept, the link stays as it was written.
  const add = ({ target }) => {
    const link = target.closest("a[data-button]");
    if (!link || !kept || !page.takes) return;
    const to = new URL(link.href);
    const known = new URLSearchParams(sessionStorage.funnelgenCampaign);
    known.set("email", sessionStorage.funnelgenEmail || "");
    known.set("reference", journey[0]);
    for (const [name, what, longest, letters] of JSON.parse(page.takes)[to.origin] || []) {
      const value = known.get(what) || "";
      const worded = (value.match(RegExp(letters, "gu")) || []).join("-");
      const fits = [...worded].slice(0, longest).join("");
      if (fits && (fits === value || /^utm/.test(what)) && !to.searchParams.has(name))
        to.search += (to.search && "&") + new URLSearchParams([[name, fits]]);
    }
    link.href = to;
  };

  // What was sent last is not sent again: a double click is one.
  let before;
  const send = (event, told) => {
    const now = event + JSON.stringify(told);
    const { to, step, kind } = page;
    if (!to || now === before) return;
    before = now;
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
  // The end of a session is enough to tell it from another, and of no use to anybody.
  const purchase = () => {
    const button = address.searchParams.get("paid");
    const mark = session ? `${button}#${session.slice(-4)}#` : `${button}#`;
    if (journey.slice(1).some((told) => told.startsWith(mark)) || !(kept || session)) return;
    if (charge("purchase", page.paid, button)) {
      journey.push(mark);
      keep();
    }
  };

  const click = (event) => {
    const link = event.target.closest("a[href]");
    if (link?.dataset.button) charge("accept", page.sells, link.dataset.button);
    else if (link && link.origin + link.pathname === location.origin + page.next) send(page.way);
    add(event);
  };

  const change = ({ target }) => {
    const [bump, number] = target.id.split("-");
    if (bump === "bump") send(target.checked ? "select" : "deselect", { offer: page.bumps.split(" ")[number - 1] });
  };

  const submit = ({ target }) => {
    if (page.way === "submit") send("submit");
    if ("email" in page && kept) sessionStorage.funnelgenEmail = target.querySelector("[type=email]").value;
  };

  const start = () => {
    begin();
    purchase();
    send("view");
    addEventListener("click", click, true);
    addEventListener("pointerdown", add, true);
    addEventListener("change", change, true);
    addEventListener("submit", submit, true);
    // Back to a page that the browser had kept as it was.
    addEventListener("pageshow", ({ persisted }) => {
      before = "";
      if (persisted) send("view");
    });
    arrive();
  };

  // A page that was fetched in advance is seen by nobody yet, one in a picture of the funnel never.
  const seen = () =>
    document.prerendering ? document.addEventListener("prerenderingchange", start, { once: true }) : start();

  if (top !== self) return;
  if ("consent" in page) document.addEventListener("funnelgen:consent", seen, { once: true });
  else seen();
})();
