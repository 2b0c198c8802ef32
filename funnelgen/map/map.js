"use strict";
/**
 * The map's page: puts the cards in their places, lights up paths, counts the forecast anew when a slider moves.
 * Without it the page is a list of the same pages with the same ways out.
 */
const funnelMap = (() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (selector, within = document) => within.querySelector(selector);
  const WIDE = matchMedia("(min-width: 60em)");
  const key = (edge, button) => `${edge} ${button ?? ""}`;
  let known = {};

  // --- where things stand ---------------------------------------------------------------------------------------------

  const view = () => one("main").dataset.view;

  /** Give each card the place of the chosen width; on a narrow screen the cards are a list. */
  function place() {
    for (const board of all(".board")) {
      const layout = known.stacks[board.dataset.stack].layouts[view()];
      const canvas = one(".canvas", board);
      canvas.style.width = WIDE.matches ? `${layout.width}px` : "";
      canvas.style.height = WIDE.matches ? `${layout.height}px` : "";
      for (const page of all(".page", board)) {
        const [x, y, width, height] = layout.boxes[page.dataset.page];
        page.style.left = WIDE.matches ? `${x}px` : "";
        page.style.top = WIDE.matches ? `${y}px` : "";
        page.style.width = WIDE.matches ? `${width}px` : "";
        page.style.height = WIDE.matches ? `${height}px` : "";
      }
    }
    fitPictures();
  }

  /** A live page is as wide as a phone or a desktop, and made as small as its card. */
  function fitPictures() {
    const width = Number(one(`[name=view][value=${view()}]`)?.dataset.width ?? 0);
    for (const frame of all(".picture iframe")) {
      const box = frame.parentElement.getBoundingClientRect();
      const scale = box.width / width;
      frame.style.width = `${width}px`;
      frame.style.height = `${Math.ceil(box.height / scale)}px`;
      frame.style.transform = `scale(${scale})`;
    }
  }

  // --- paths ----------------------------------------------------------------------------------------------------------

  function light(trace) {
    unlight();
    const taken = new Set(trace.steps.map(([edge, button]) => key(edge, button)));
    const edges = new Set(trace.steps.map(([edge]) => String(edge)));
    document.body.classList.add("tracing");
    for (const row of all("[data-row]")) row.classList.toggle("lit", taken.has(row.dataset.row));
    for (const way of all("[data-edge]")) way.classList.toggle("lit", edges.has(way.dataset.edge));
    for (const page of all(".page")) {
      const paid = trace.paid[page.dataset.page];
      page.classList.toggle("lit", paid !== undefined);
      one(".paid", page).textContent = paid ? `${paid} so far` : "";
    }
    one(".trace .said").textContent = trace.said;
    one(".trace .total").textContent = trace.total;
    one(".trace").classList.add("shown");
  }

  function unlight() {
    document.body.classList.remove("tracing");
    for (const lit of all(".lit")) lit.classList.remove("lit");
    for (const paid of all(".paid")) paid.textContent = "";
    one(".trace").classList.remove("shown");
  }

  const traceOf = (target) => target.closest?.("[data-trace]")?.dataset.trace;

  function showPath(event) {
    const trace = traceOf(event.target);
    if (trace !== undefined) light(known.traces[trace]);
  }

  /** What is focused stays lit when the pointer leaves something else. */
  function hidePath() {
    const trace = traceOf(document.activeElement);
    if (trace === undefined) unlight();
    else light(known.traces[trace]);
  }

  // --- keys -----------------------------------------------------------------------------------------------------------

  const links = (page) => all("a.name, a.row", page);

  /** Arrows walk the map: right along a way, left back, up and down within a page and on to its neighbours. */
  function walk(event) {
    const at = event.target.closest?.(".page a");
    if (!at || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const page = at.closest(".page");
    const stops = all(".page", page.parentElement).flatMap(links);
    const goes = {
      ArrowRight: () => follow(at.matches(".row") ? at : one("a.row:not(.back)", page)),
      ArrowLeft: () => follow(one(`a.row[href="#${CSS.escape(page.id)}"]:not(.back)`, page.parentElement)?.closest(".page")),
      ArrowDown: () => stops[stops.indexOf(at) + 1],
      ArrowUp: () => stops[stops.indexOf(at) - 1],
    };
    const next = goes[event.key]?.();
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** The name of the page that a row leads to, or of the page itself. */
  function follow(row) {
    if (!row) return null;
    const page = row.matches(".page") ? row : document.getElementById(row.hash.slice(1));
    return page && one("a.name", page);
  }

  /** A row is a link to the card that it leads to: going there also brings the focus. */
  function go(event) {
    const row = event.target.closest?.("a.row");
    if (!row) return;
    event.preventDefault();
    const name = follow(row);
    name?.focus();
    name?.closest(".page").scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // --- forecast -------------------------------------------------------------------------------------------------------

  function count(section) {
    const { plan } = known.stacks[section.dataset.stack];
    const sliders = all("input[type=range]", section);
    const rates = sliders.map((slider) => Number(slider.value));
    const { aov, margin, shares } = funnelForecast.reckon(plan, rates);
    const say = (minor) => funnelForecast.sayAmount(minor, known.money);
    one(".aov", section).textContent = say(aov);
    one(".margin", section).textContent = plan.knows_costs ? say(margin) : "–";
    funnelForecast.steps(plan, rates).forEach((step, number) => {
      one(`[data-step="${number}"]`, section).textContent = say(step);
    });
    sliders.forEach((slider, number) => {
      const said = funnelForecast.sayRate(rates[number]);
      slider.setAttribute("aria-valuetext", said);
      one(`[data-rate="${number}"]`, section).textContent = said;
    });
    showShares(shares);
    one(".reset", section).hidden = sliders.every((slider) => slider.value === slider.defaultValue);
  }

  function showShares(shares) {
    const sums = new Map();
    for (const { edge, button, thousandths } of shares) {
      sums.set(edge, (sums.get(edge) ?? 0n) + thousandths);
      const row = one(`[data-row="${CSS.escape(key(edge, button))}"] .share`);
      if (row) row.textContent = funnelForecast.sayRate(thousandths);
    }
    for (const [edge, sum] of sums) {
      for (const way of all(`path.way[data-edge="${edge}"]`)) way.style.strokeWidth = `${1.6 + (2 * Number(sum)) / 1000}px`;
    }
  }

  /** The part of a slider that the rule of thumb names. */
  function shade(slider) {
    const [low, high] = slider.dataset.range.split(" ").map((rate) => (100 * rate) / slider.max);
    slider.style.setProperty("--low", `${low}%`);
    slider.style.setProperty("--high", `${high}%`);
  }

  function restore(section) {
    for (const slider of all("input[type=range]", section)) slider.value = slider.defaultValue;
    count(section);
  }

  // --- findings -------------------------------------------------------------------------------------------------------

  /** The place of a finding opens in the editor that the preview knows; else its address does, in one that has it. */
  async function edit(event) {
    const place = event.target.closest?.("a.place");
    const { opener } = document.body.dataset;
    if (!place || !opener) return;
    event.preventDefault();
    const answer = await fetch(`${opener}?${new URLSearchParams(place.dataset)}`, { method: "POST" });
    if (!answer.ok) location.href = place.href;
  }

  // --- from one save to the next --------------------------------------------------------------------------------------

  let latest = "";

  /** Fetch the map anew; scroll, width, sliders, focus and open findings stay as they are. */
  async function refresh() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    const text = answer.ok ? (await answer.text()).replace(/ data-number="\d+"/, "") : latest;
    if (text === latest) return;
    latest = text;
    replace(new DOMParser().parseFromString(text, "text/html"));
  }

  /** Hear of new builds. What the page was made from is no news, unless the server may be another by now. */
  function hear() {
    const { events, number } = document.body.dataset;
    let [seen, opened] = [Number(number), 0];
    if (!events) return;
    listen(events, {
      heard: (news) => news.number === seen || ((seen = news.number), soon()),
      ask: soon,
      every: 2000,
      opened: () => opened++ && (seen = -1),
    });
  }

  let [bringing, again] = [false, false];

  /** One refresh at a time; what is heard meanwhile leads to one more. */
  async function soon() {
    again = true;
    if (bringing) return;
    bringing = true;
    while (again) {
      again = false;
      await refresh().catch(() => {}); // the server has stopped: the map stays as it was
    }
    bringing = false;
  }

  function replace(fresh) {
    const kept = {
      view: view(),
      scroll: [scrollX, scrollY],
      boards: all(".board").map((board) => board.scrollLeft),
      rates: new Map(all("input[type=range]").map((slider) => [slider.id, slider.value !== slider.defaultValue && slider.value])),
      open: new Set(all("details[open]").map((details) => details.id)),
      focus: document.activeElement?.id,
    };
    document.title = fresh.title;
    one("#funnel-map-data").textContent = one("#funnel-map-data", fresh).textContent;
    const main = document.importNode(one("main", fresh), true);
    if (hasSamePages(main)) keepPictures(main);
    else one("main").replaceWith(main);
    one("header.top").replaceWith(document.importNode(one("header.top", fresh), true));
    one("main").dataset.view = kept.view;
    for (const choice of all("[name=view]")) choice.checked = choice.value === kept.view;
    for (const slider of all("input[type=range]")) {
      if (kept.rates.get(slider.id)) slider.value = kept.rates.get(slider.id);
    }
    for (const details of all("details")) details.open = kept.open.has(details.id);
    start();
    document.getElementById(kept.focus)?.focus({ preventScroll: true });
    all(".board").forEach((board, number) => (board.scrollLeft = kept.boards[number] ?? 0));
    scrollTo(...kept.scroll);
  }

  const hasSamePages = (main) => {
    const pages = (within) => all(".stack, .page", within).map((part) => part.id || "-").join();
    return pages(main) === pages(one("main"));
  };

  /** Put everything in the place of the old but the miniatures, which would blink; one whose page is new is loaded. */
  function keepPictures(main) {
    const old = one("main");
    for (const page of all(".page", main)) {
      const before = document.getElementById(page.id);
      for (const part of all(":scope > :not(.picture)", before)) part.remove();
      const frames = [one("iframe", before), one("iframe", page)];
      if (frames[0] && frames[1] && frames[0].getAttribute("src") !== frames[1].getAttribute("src")) frames[0].src = frames[1].src;
      const parts = [...page.children];
      const middle = parts.findIndex((part) => part.matches(".picture"));
      let picture = one(":scope > .picture", before);
      if (!frames[0] || !frames[1]) (picture.replaceWith(parts[middle]), (picture = parts[middle])); // one is drawn
      picture.before(...parts.slice(0, middle));
      picture.after(...parts.slice(middle + 1));
      before.className = page.className;
    }
    for (const kind of [".ways", ".forecast", ".others"]) {
      const news = all(kind, main);
      all(kind, old).forEach((part, number) => part.replaceWith(news[number]));
    }
  }

  // --- the beginning --------------------------------------------------------------------------------------------------

  function start() {
    known = JSON.parse(one("#funnel-map-data").textContent);
    document.body.classList.add("scripted");
    all("input[type=range]").forEach(shade);
    all(".forecast[data-stack]").forEach(count);
    place();
  }

  document.addEventListener("pointerover", showPath);
  document.addEventListener("pointerout", hidePath);
  document.addEventListener("focusin", showPath);
  document.addEventListener("focusout", (event) => event.relatedTarget || unlight());
  document.addEventListener("keydown", walk);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const pin of all(".pin[open]")) pin.open = false;
  });
  document.addEventListener("click", go);
  document.addEventListener("click", edit);
  document.addEventListener("input", (event) => {
    if (event.target.matches("input[type=range]")) count(event.target.closest(".forecast"));
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[name=view]")) return;
    one("main").dataset.view = event.target.value;
    place();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest(".reset")) restore(event.target.closest(".forecast"));
  });
  WIDE.addEventListener("change", place);
  addEventListener("resize", fitPictures);
  start();
  hear();
  return { refresh };
})();
