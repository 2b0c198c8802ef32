// A checkout of the provider's within the page, where the seller asked for one. The link to the provider's own page
// stays: it is what opens where the provider's script does not come. docs/payments.md says what is loaded when.
(() => {
  const { provider, script, key, buttons, sandbox } = document.currentScript.dataset;
  const known = JSON.parse(buttons);
  const PATIENCE = 5000; // milliseconds until the provider's own page opens instead

  let loading;
  const load = () =>
    (loading ||= new Promise((loaded, failed) => {
      const element = document.createElement("script");
      element.src = script;
      element.onload = loaded;
      element.onerror = failed;
      setTimeout(failed, PATIENCE);
      document.head.append(element);
    }));

  // What journey.js keeps of the visitor; nothing where nothing may be kept.
  const visitor = () => {
    try {
      return { reference: (sessionStorage.funnelgen || "").split(" ")[0], email: sessionStorage.funnelgenEmail || "" };
    } catch {
      return {};
    }
  };

  let initialized;
  const open = {
    "Lemon Squeezy": (link) => {
      window.createLemonSqueezy?.();
      LemonSqueezy.Url.Open(link.href);
    },
    Paddle: (link, { things, returns }) => {
      const { reference, email } = visitor();
      if (!initialized) {
        if (sandbox !== undefined) Paddle.Environment.set("sandbox");
        Paddle.Initialize({ token: key });
        initialized = true;
      }
      Paddle.Checkout.open({
        items: things.map((priceId) => ({ priceId, quantity: 1 })),
        ...(returns && { settings: { successUrl: new URL(returns, location).href } }),
        ...(email && { customer: { email } }),
        ...(reference && { customData: { reference } }),
      });
    },
  };

  // Stripe's button takes the link's place once it is there to be pressed.
  const replace = () => {
    const { reference, email } = visitor();
    for (const link of document.querySelectorAll("a[data-button]")) {
      const { things } = Object.hasOwn(known, link.dataset.button) ? known[link.dataset.button] : {};
      if (!things) continue;
      const button = document.createElement("stripe-buy-button");
      button.setAttribute("buy-button-id", things[0]);
      button.setAttribute("publishable-key", key);
      if (reference) button.setAttribute("client-reference-id", reference);
      if (email) button.setAttribute("customer-email", email);
      button.className = [...link.classList].filter((name) => name.startsWith("if-")).join(" ");
      link.after(button);
      link.style.display = "none";
    }
  };

  const press = async (event) => {
    const link = event.target.closest("a[data-button]");
    const other = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (!link || other || !Object.hasOwn(known, link.dataset.button)) return;
    event.preventDefault();
    try {
      await load();
      open[provider](link, known[link.dataset.button]);
    } catch {
      location.href = link.href;
    }
  };

  if (top !== self) return;
  if (open[provider]) addEventListener("click", press, true);
  else load().then(() => customElements.whenDefined("stripe-buy-button")).then(replace, () => {});
})();
