// What a visitor meets on a page: nothing that is hidden, but for what machines read. Sizes are CSS pixels.
// Of a page whose mark is known, only the mark: it was seen before as it is.
(known) => {
  // A box beside an order, not the consent in a form.
  const isBump = (e) => e?.type === "checkbox" && !e.form;
  const ticked = [...document.querySelectorAll("input:checked")];

  // While one page is exchanged for the next, a picture of both lies over them. A visitor waits for that; we need not.
  const exchanged = (a) => a.playState === "running" && a.effect?.pseudoElement?.startsWith("::view-transition");
  const changing = Boolean(document.activeViewTransition) || document.getAnimations().some(exchanged);

  // 53 bits of a text (cyrb53, public domain), read four bytes at a time. The blanks are for the last of them.
  const encoder = new TextEncoder();
  const digest = (text) => {
    const bytes = encoder.encode(`${text}    `);
    let [one, two] = [0xdeadbeef, 0x41c6ce57];
    for (const code of new Uint32Array(bytes.buffer, 0, bytes.length >> 2)) {
      one = Math.imul(one ^ code, 2654435761);
      two = Math.imul(two ^ code, 1597334677);
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
    return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36);
  };
  const boxes = ticked.map((e) => e.id || e.name).join(" ");
  const mark = [digest(document.documentElement.outerHTML), boxes, document.querySelector(":target")?.id ?? ""].join("|");
  const glance = {
    mark,
    ticked: ticked.filter(isBump).length,
    url: location.href,
    referrer: document.referrer,
    cookies: document.cookie !== "",
    kept: window[Symbol.for("funnelgen")] ?? {},
    kinds: [],
    settled: !changing,
    sight: null,
  };
  const transition = document.activeViewTransition;
  transition?.ready.catch(() => {}); // it is refused, which would be told as the fault of a script
  transition?.skipTransition();
  if (changing || known.includes(mark)) return glance;

  // What an element is to a style sheet, with all that it stands in, and what came of that.
  const names = new Map([[document.documentElement, ""]]);
  const nameOf = (e) => {
    if (!names.has(e)) {
      const shown = e.getAttributeNames().sort();
      const own = [e.tagName, e.className, e.getAttribute("style"), e.getAttribute("role"), e.type, ...shown].join(" ");
      names.set(e, digest(`${nameOf(e.parentElement)}>${own}`));
    }
    return names.get(e);
  };
  const speaks = (e) => [...e.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const kindOf = (e) => {
    const { color, fontSize, fontWeight, backgroundColor } = getComputedStyle(e);
    return digest([nameOf(e), color, fontSize, fontWeight, backgroundColor].join("|"));
  };
  const drawn = [...document.body.querySelectorAll("*:not(svg *)")].filter((e) => e.checkVisibility());
  const kinds = new Map();
  for (const e of drawn) {
    const kind = kindOf(e);
    // Of each one to judge: of those that hold words, or nothing else.
    if (!kinds.get(kind)) kinds.set(kind, e.children.length === 0 || speaks(e) ? e : null);
  }
  window[Symbol.for("funnelgen kinds")] = kinds;
  glance.kinds = [...kinds.keys()];

  // Nothing else may take every press either: then the page has not settled, and is looked at again.
  let covered = document.getAnimations().some((a) => a.effect?.pseudoElement?.startsWith("::view-transition"));

  const visible = (e) =>
    e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && e.getClientRects().length > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(visible);
  // Letters that are drawn: not without a colour, and not moved out of the page while their box is in it.
  const none = (colour) => /^rgba.*, 0\)$|\/ 0\)$/.test(colour); // `rgba(0, 0, 0, 0)`, `oklch(0 0 0 / 0)`; not `rgb(0, 0, 0)`
  const within = (box) => box.right > 0 && box.left < document.documentElement.scrollWidth && box.bottom + scrollY > 0;
  // What fills letters without a colour of their own: the background that shows through them.
  const filled = (e) => e !== null && (getComputedStyle(e).backgroundClip.includes("text") || filled(e.parentElement));
  const legible = (text) => {
    const { webkitTextFillColor, webkitTextStrokeWidth, textShadow } = getComputedStyle(text.parentElement);
    const plain = webkitTextStrokeWidth === "0px" && textShadow === "none";
    if (plain && none(webkitTextFillColor) && !filled(text.parentElement)) return false;
    const range = document.createRange();
    range.selectNode(text);
    return [...range.getClientRects()].some(within);
  };
  const textsIn = (e) => [...e.childNodes].flatMap((it) => (it.nodeType === Node.TEXT_NODE ? [it] : textsIn(it)));
  const isRead = (e) => textsIn(e).some((text) => text.data.trim() && legible(text));
  const words = (e) => (isRead(e) ? e.innerText.replace(/\s+/g, " ").trim() : "");
  const name = (e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`;

  // Whether the keyboard gets there. Focus goes back to where it was.
  const focusable = (e) => {
    const before = document.activeElement;
    e.focus({ preventScroll: true });
    const there = document.activeElement === e && e.tabIndex >= 0;
    e.blur();
    before?.focus?.({ preventScroll: true });
    return there;
  };

  // Whether a press on the middle of an element reaches it, or something lies over it.
  const reached = (e) => {
    e.scrollIntoView({ block: "center", behavior: "instant" });
    // A link that goes over two lines has no middle of its own; each of its lines has one.
    return [e.getBoundingClientRect(), ...e.getClientRects()].some((box) => {
      const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      covered ||= hit === document.documentElement;
      return e.contains(hit);
    });
  };

  // A field whose value is written into the address or the message that a form sends.
  const tells = (e) => e.name !== "" && ["email", "text", "tel"].includes(e.type) && visible(e);

  // What never comes to rest, before somebody who asked for that.
  const moving = () => {
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return [];
    const endless = document.getAnimations().filter((a) => a.effect?.getComputedTiming().iterations === Infinity);
    return [...new Set(endless.map((a) => a.effect.target).filter((e) => e && visible(e)))].map(name);
  };

  const sideways = () => {
    const width = document.documentElement.clientWidth;
    const overflow = (e) => getComputedStyle(e).overflowX;
    const scrolls = (e) =>
      e && e !== document.body && (["auto", "scroll"].includes(overflow(e)) || scrolls(e.parentElement));
    const shown = (e) => e.checkVisibility() && !e.closest("svg, .vh, .skip") && getComputedStyle(e).clipPath === "none";
    const counts = (e) => shown(e) && (speaks(e) || e.matches("input, button, img, table"));
    const sticksOut = (e) => {
      const box = e.getBoundingClientRect();
      return box.width > 0 && (box.right > width + 1 || box.left < -1) && !scrolls(e.parentElement);
    };
    const wide = document.documentElement.scrollWidth;
    const out = new Set([...document.body.querySelectorAll("*")].filter(counts).filter(sticksOut));
    // What stands in something that sticks out does so with it.
    const alone = (e) => !e || (!out.has(e) && alone(e.parentElement));
    return [
      ...(wide > width ? [`the page is ${wide} px wide on a screen of ${width}`] : []),
      ...[...out].filter((e) => alone(e.parentElement)).map((e) => `${name(e)} sticks out`),
    ];
  };

  const place = (e) => {
    const box = e.getBoundingClientRect();
    return { height: box.height, bottom: box.bottom + scrollY };
  };
  const places = new Map(all("[data-fg=decline]").map((e) => [e, place(e)]));
  const sideway = sideways();
  const at = [scrollX, scrollY];
  const sight = {
    kind: document.body.dataset.page ?? "",
    lang: document.documentElement.lang,
    direction: getComputedStyle(document.documentElement).direction,
    title: document.title,
    noindex: document.querySelector('meta[name="robots"][content*="noindex"]') !== null,
    canonical: document.querySelector("link[rel=canonical]")?.href ?? "",
    headings: all("h1").map(words),
    amounts: all("[data-amount]").map((e) => ({
      part: e.dataset.fg ?? (e.closest("table.sum") ? "row" : e.closest("s, del") ? "before" : ""),
      value: e.dataset.amount,
      currency: e.dataset.currency ?? "",
      text: words(e),
      button: e.closest("[data-button]")?.dataset.button ?? "",
    })),
    buttons: all("[data-button]").map((e) => ({
      id: e.dataset.button,
      href: e.getAttribute("href") ?? "",
      part: e.dataset.fg ?? "",
      focusable: focusable(e),
      reached: reached(e),
    })),
    declines: [...places].map(([e, box]) => ({
      href: e.getAttribute("href") ?? "",
      ...box,
      words: words(e),
      letters: parseFloat(getComputedStyle(e).fontSize),
      focusable: focusable(e),
      reached: reached(e),
    })),
    rows: all("table.sum tr").map((e) => [...e.cells].map(words)),
    terms: all("[data-fg=terms]").map(words),
    bumps: all("label").filter((e) => isBump(e.control) && !e.control.disabled).map(words),
    ticked: glance.ticked,
    links: all("a[href]").map((e) => e.getAttribute("href")),
    ways: all("main a[href]").map((e) => e.getAttribute("href")),
    forms: all("main form").map((e) => ({
      action: e.getAttribute("action") ?? "",
      method: e.method,
      tells: [...e.elements].filter(tells).map((it) => it.name),
    })),
    pay: all("[data-demo=pay]").map((e) => e.getAttribute("href")),
    cancel: all("[data-demo=cancel]").map((e) => e.getAttribute("href")),
    data: [...document.querySelectorAll('script[type="application/ld+json"]')].map((e) => e.textContent),
    insecure: [...document.querySelectorAll("[src], link[href], form[action]")]
      .map((e) => e.getAttribute("src") ?? e.getAttribute("href") ?? e.getAttribute("action"))
      .filter((it) => it.startsWith("http://")),
    connects: [...document.querySelectorAll("link:is([rel~=preconnect], [rel~=dns-prefetch])")].map((e) => e.href),
    base: document.querySelector("base")?.href ?? "",
    refresh: document.querySelector('meta[http-equiv="refresh" i]')?.content ?? "",
    width: document.documentElement.clientWidth,
    wide: sideway,
    moving: moving(),
  };
  scrollTo({ left: at[0], top: at[1], behavior: "instant" });
  return { ...glance, settled: !covered, sight };
}
