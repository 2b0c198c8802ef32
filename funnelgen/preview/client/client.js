// Listens for what is new, brings the page up to date, and has the overlay say what is wrong.

const own = document.currentScript;
let mark = own.dataset.page; // which build of the page is on screen
own.remove();
const ranScripts = scripts(document);
const overlay = new Overlay();
let heard = -1; // the number of the last news
let silent = 0, bringing = Promise.resolve();

const here = () => decodeURIComponent(location.pathname);
const query = (name) => `/_funnel/${name}?${new URLSearchParams({ [name === 'page' ? 'at' : 'page']: here() })}`;

async function ask() {
  try {
    told(await (await fetch(query('state'), { cache: 'no-store' })).json());
    overlay.isHeard(true);
  } catch {
    overlay.isHeard(false);
  }
}

function told(state) {
  if (state.number === heard) return;
  const first = heard < 0;
  heard = state.number;
  overlay.show(state);
  const mine = state.differing.some(({ address }) => address === here());
  if (state.page && state.page !== mark) bringing = bringing.catch(() => {}).then(bring); // what went wrong once ends nothing
  else if (!first && state.differing.length && !mine) overlay.offer(state.differing);
}

async function bring() {
  let sent;
  try {
    sent = await (await fetch(query('page'), { cache: 'no-store' })).text();
  } catch {
    heard = -1; // the preview was stopped in between: the next that is heard, new or not, brings the page
    return;
  }
  const styles = []; // taken out before it is parsed: the policy of the page on screen knows none but its own
  const text = sent.replace(STYLES, (whole, css) => (styles.push(css), ''));
  const next = new DOMParser().parseFromString(text, 'text/html');
  const tag = next.querySelector('script[src^="/_funnel/client.js"]');
  if (!tag) return location.reload();
  const arrived = tag.dataset.page;
  if (arrived === mark) return;
  tag.remove();
  if (!canBecome(next, styles)) return location.reload();
  become(next, styles);
  mark = arrived;
  overlay.offer([]);
  document.dispatchEvent(new CustomEvent('funnelgen:shown', { detail: mark }));
}

// In a frame nothing listens: who frames a page hears for it, and loads it again.
if (window.top === window) {
  listen(query('events'), {
    heard: told,
    ask,
    every: 1000,
    opened: () => (clearTimeout(silent), (silent = 0), (heard = -1), overlay.isHeard(true)),
    lost: () => (silent ||= setTimeout(() => overlay.isHeard(false), 1500)),
  });
}
