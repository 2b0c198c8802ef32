// Listens for what is new, brings the page up to date, and has the overlay say what is wrong.

const own = document.currentScript;
let mark = own.dataset.page; // which build of the page is on screen
own.remove();
const ranScripts = scripts(document);
const overlay = new Overlay();
let heard = -1; // the number of the last news
let stream = null, asking = 0, silent = 0, bringing = Promise.resolve();

const here = () => decodeURIComponent(location.pathname);
const query = (name) => `/_funnel/${name}?${new URLSearchParams({ [name === 'page' ? 'at' : 'page']: here() })}`;

// A tab listens while it is looked at: a browser has six connections to one host, and more tabs than that.
function listen() {
  if (stream || asking) return;
  stream = new EventSource(query('events'));
  stream.onmessage = (event) => told(JSON.parse(event.data));
  stream.addEventListener('ask', () => (stop(), ask()));
  stream.onopen = () => (clearTimeout(silent), (silent = 0), (heard = -1), overlay.isHeard(true));
  stream.onerror = () => {
    silent ||= setTimeout(() => overlay.isHeard(false), 1500);
    if (stream?.readyState === EventSource.CLOSED) (stop(), setTimeout(() => document.hidden || listen(), 1000));
  };
}

function stop() {
  stream?.close();
  clearTimeout(asking);
  stream = null;
  asking = 0;
}

// Enough others listen already: ask once a second instead.
async function ask() {
  asking = setTimeout(() => ((asking = 0), document.hidden || ask()), 1000);
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
  if (state.page && state.page !== mark) bringing = bringing.then(bring);
  else if (!first && state.differing.length && !mine) overlay.offer(state.differing);
}

async function bring() {
  const answer = await fetch(query('page'), { cache: 'no-store' });
  const styles = []; // taken out before it is parsed: the policy of the page on screen knows none but its own
  const text = (await answer.text()).replace(STYLES, (whole, css) => (styles.push(css), ''));
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

// In a frame of the funnel map nothing listens by itself: the map does, for all its miniatures, and passes the news on.
if (window.top === window) {
  document.addEventListener('visibilitychange', () => (document.hidden ? stop() : listen()));
  window.addEventListener('pagehide', stop);
  window.addEventListener('pageshow', (event) => event.persisted && listen());
  if (!document.hidden) listen();
} else {
  window.addEventListener('message', (event) => {
    if (event.origin === location.origin && event.data === 'funnelgen:changed') bringing = bringing.then(bring);
  });
}
