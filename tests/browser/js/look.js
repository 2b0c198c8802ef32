// What a visitor sees of a page that has to do with money: nothing that is hidden.
() => {
  const visible = (e) =>
    e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  const words = (e) => e.innerText.replace(/\s+/g, " ").trim();
  return {
    kind: document.body.dataset.page,
    amounts: all("[data-amount]").map((e) => ({
      part: e.dataset.fg ?? "",
      value: e.dataset.amount,
      currency: e.dataset.currency,
      text: words(e),
      button: e.closest("[data-button]")?.dataset.button ?? "",
    })),
    buttons: all("[data-button]").map((e) => ({
      id: e.dataset.button,
      href: e.getAttribute("href"),
      part: e.dataset.fg ?? "",
    })),
    rows: all("table.sum tr").map((e) => [...e.cells].map(words)),
    declines: all("[data-fg=decline]").map((e) => e.getAttribute("href")),
    terms: all("[data-fg=terms]").map(words),
  };
}
