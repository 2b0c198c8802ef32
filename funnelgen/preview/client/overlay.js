// What is wrong, over the page: as the terminal says it, in a tree of its own that no style of the page reaches.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child != null && child !== ''));
  return made;
}

// What an error is known by: its line may move while it stays.
const known = ({ code, message }) => `${code} ${message}`;

const counted = (number, one) => `${number} ${one}${number === 1 || one === 'advice' ? '' : 's'}`;

class Overlay {
  constructor() {
    this.host = document.createElement(OURS);
    const root = this.host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.alert = element('div', { role: 'alert', class: 'aside' });
    this.status = element('div', { role: 'status', class: 'note', hidden: true });
    this.badge = element('button', { type: 'button', class: 'badge', hidden: true, onclick: () => this.open(true) });
    // It covers words of the page, on a phone above all: who has read it can put it away until the page is loaded again.
    this.away = element('button', { type: 'button', class: 'away', hidden: true, 'aria-label': 'Hide the warnings for this visit', onclick: () => ((this.isAway = true), this.open(false)) }, '×');
    this.panel = element('section', { class: 'panel', hidden: true, tabindex: '-1', 'aria-label': 'What is wrong' });
    root.append(this.panel, element('div', { class: 'corner' }, this.badge, this.away), this.status, this.alert);
    document.documentElement.append(this.host);
    this.state = null;
    this.said = '';
    this.isOpen = this.isAway = false;
    this.dismissed = [];
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.isOpen) (this.dismiss(), event.preventDefault());
    });
  }

  // An error opens the panel by itself, once; what is only a warning waits in the badge. What was dismissed stays away
  // until it is mended. An error of a page (FG6) is gone after a save only until all pages are made.
  show(state) {
    const stops = state.errors > 0 || Boolean(state.lost);
    const words = JSON.stringify([state.lost, state.findings, state.more, state.shown]);
    const first = !this.state || !(this.state.errors > 0 || this.state.lost);
    const fresh = this.errors(state).some((it) => !this.dismissed.includes(it));
    if (!stops) this.dismissed = state.complete ? [] : this.dismissed.filter((it) => it.startsWith('FG6'));
    this.state = state;
    if (words === this.said) return;
    this.said = words;
    this.alert.textContent = stops && (fresh || !first) ? this.summary() : '';
    this.fill();
    this.open(stops ? (first && fresh) || this.isOpen : this.isOpen && state.findings.length > 0 && !this.wasBroken);
    this.wasBroken = stops;
  }

  errors(state) {
    return [state.lost, ...state.findings.filter((it) => it.severity === 'error').map(known)].filter(Boolean);
  }

  dismiss() {
    this.dismissed = this.errors(this.state);
    this.open(false);
  }

  open(open) {
    const had = this.isOpen && this.panel.contains(this.panel.getRootNode().activeElement);
    this.isOpen = open;
    this.panel.hidden = !open;
    const count = this.state ? this.state.errors + this.state.warnings + (this.state.lost ? 1 : 0) : 0;
    const stops = this.state && (this.state.errors > 0 || Boolean(this.state.lost));
    this.badge.hidden = open || !count || (this.isAway && !stops);
    this.away.hidden = this.badge.hidden || stops;
    if (had && !open && !this.badge.hidden) this.badge.focus();
  }

  fill() {
    const { state } = this, stops = state.errors > 0 || Boolean(state.lost);
    const kinds = [[state.errors, 'error'], [state.warnings, 'warning'], [state.advice, 'advice']];
    const count = kinds.filter(([number]) => number).map(([number, one]) => counted(number, one)).join(', ');
    const behind = !stops ? '' : state.shown ? 'the page behind is the last good one' : 'there is no page to show yet';
    this.panel.className = `panel ${stops ? 'stops' : ''}`;
    this.badge.className = `badge ${stops ? 'stops' : ''}`;
    this.badge.textContent = stops ? counted(state.errors || 1, 'error') : counted(state.warnings, 'warning');
    this.badge.setAttribute('aria-label', `${this.badge.textContent}: show`);
    const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Hide', onclick: () => this.dismiss() }, 'Esc');
    const head = element('header', {}, element('b', {}, count || 'No site'), element('span', {}, behind), close);
    const lost = state.lost ? element('p', { class: 'message' }, state.lost) : '';
    const more = state.more ? element('p', { class: 'more' }, `and ${state.more} more: funnelgen check`) : '';
    this.panel.replaceChildren(head, element('div', { class: 'list', tabindex: '0', role: 'group', 'aria-label': 'Findings' }, lost, ...state.findings.map((it) => this.finding(it)), more));
  }

  finding(found) {
    const allow = found.severity === 'error' || found.name === 'idle-allow' ? '' : '; where it is right, `allow` it with the reason';
    return element(
      'article',
      { class: found.severity },
      element('h2', {}, element('i', {}, `${found.severity}[${found.code}]`), ` ${found.message}`),
      this.place(found.place),
      ...found.notes.flatMap((note) => [element('p', { class: 'label' }, note.text), this.place(note.place)]),
      found.help ? element('p', {}, element('b', {}, 'help: '), found.help) : '',
      element('p', { class: 'rule' }, element('b', {}, 'rule: '), `${found.name} (funnelgen explain ${found.code})${allow}`),
    );
  }

  place(place) {
    if (!place) return '';
    const { folder, editor } = this.state;
    const name = `${place.file}:${place.line}:${place.column}`;
    const path = encodeURI(`${folder.startsWith('/') ? '' : '/'}${folder}/${place.file}`).replace(/[?#]/g, encodeURIComponent);
    const where = folder
      ? element('a', { href: `vscode://file${path}:${place.line}:${place.column}`, onclick: (event) => editor && this.edit(event, place) }, name)
      : element('span', {}, name);
    const line = place.meant === undefined ? '' : element('pre', { tabindex: '0' }, element('s', { 'aria-hidden': 'true' }, `${place.line} `), place.before, element('mark', {}, place.meant || ' '), place.after);
    return element('div', { class: 'place' }, where, line);
  }

  async edit(event, { file, line, column }) {
    event.preventDefault();
    const { href } = event.currentTarget;
    const answer = await fetch(`/_funnel/open?${new URLSearchParams({ file, line, column })}`, { method: 'POST' });
    if (!answer.ok) location.href = href;
  }

  summary() {
    const [first] = this.state.findings, more = this.state.errors - 1;
    if (this.state.lost || !first) return this.state.lost;
    const where = first.place ? `, ${first.place.file} line ${first.place.line}` : '';
    return `Error${where}: ${first.message}${more > 0 ? `, and ${counted(more, 'error')} more` : ''}`;
  }

  // The last save changed other pages than this one: one may go there.
  offer(pages) {
    const links = pages.slice(0, 3).map(({ address, title }) => element('a', { href: address }, title || address));
    const more = pages.length > 3 ? ` and ${pages.length - 3} more` : '';
    const close = element('button', { type: 'button', class: 'close', 'aria-label': 'Hide', onclick: () => this.offer([]) }, '×');
    this.status.hidden = !pages.length;
    this.status.replaceChildren(...(pages.length ? ['Changed: ', ...links.flatMap((link, at) => (at ? [', ', link] : [link])), more, close] : []));
    clearTimeout(this.hiding);
    if (pages.length) this.hiding = setTimeout(() => this.status.matches(':hover, :focus-within') || this.offer([]), 12000);
  }

  // Whether the preview answers at all.
  isHeard(heard) {
    if (heard && this.silent) this.offer([]);
    this.silent = !heard;
    if (heard) return;
    clearTimeout(this.hiding);
    this.status.hidden = false;
    this.status.replaceChildren('The preview has stopped. This page is as it was.');
  }
}
