// Brings the page on screen to what was just built, touching nothing that is the same: scroll, focus, ticks, open
// details and a video that plays stay as they are. No page is loaded again, so nothing flashes.

const OURS = 'FUNNELGEN-PREVIEW';
const apart = (node) => node.nodeName === OURS || node.nodeName === 'STYLE';
const STYLES = /<style[^>]*>([\s\S]*?)<\/style>/g;
const runs = (script) => !script.type || /^(module|text\/javascript)$/i.test(script.type);
// A script that was loaded reads what its element says when it needs it, so that may change.
const scripts = (root) =>
  [...root.querySelectorAll('script')].filter(runs).map((script) => script.getAttribute('src') || script.outerHTML).join();

// Whether a page can take the place of the one on screen without being loaded: scripts would not run again.
function canBecome(next, styles) {
  return scripts(next) === ranScripts && document.querySelectorAll('style').length === styles.length;
}

function become(next, styles) {
  // Where scripts run, what stands in <noscript> is text; in a page that was only parsed it is elements.
  for (const without of next.querySelectorAll('noscript')) without.textContent = without.innerHTML;
  [...document.querySelectorAll('style')].forEach((style, number) => restyle(style, styles[number]));
  morph(document.documentElement, next.documentElement);
}

// Only rules that differ are exchanged, so that a font is not loaded anew and no colour blinks. The page's policy does
// not allow a new <style>; rules that are set like this are no style element. They are set as they were written: a
// browser that is asked for a rule's text gives `font: var(--it)` with another of the font's settings after it as empty.
const written = new WeakMap(); // the rules of a sheet that was changed here
function restyle({ sheet, textContent }, css) {
  if (!sheet) return;
  const now = written.get(sheet) ?? rulesOf(textContent), next = rulesOf(css);
  let head = 0, tail = 0;
  if (now.length === sheet.cssRules.length) {
    while (head < Math.min(now.length, next.length) && now[head] === next[head]) head += 1;
    while (tail < Math.min(now.length, next.length) - head && now.at(-1 - tail) === next.at(-1 - tail)) tail += 1;
  }
  for (let at = sheet.cssRules.length - tail; at > head; at -= 1) sheet.deleteRule(at - 1);
  const taken = next.slice(head, next.length - tail).filter((rule) => inserted(sheet, rule, sheet.cssRules.length - tail));
  written.set(sheet, [...next.slice(0, head), ...taken, ...next.slice(next.length - tail)]);
}

// Whether the browser knows such a rule: one that it does not is left out, as in a sheet that is loaded.
function inserted(sheet, rule, at) {
  try {
    return sheet.insertRule(rule, at) === at;
  } catch {
    return false;
  }
}

const TOKENS = /\/\*[\s\S]*?\*\/|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|url\(\s*[^"'\s)](?:\\[\s\S]|[^)\\])*\)|\\[\s\S]|[{};]/g;

// The rules of a style sheet as they are written, one text each.
function rulesOf(css) {
  const rules = [];
  let start = 0, depth = 0;
  for (const { 0: token, index } of `${css};`.matchAll(TOKENS)) {
    if (token === '{') depth += 1;
    if (token === '}') depth = Math.max(0, depth - 1);
    if (depth || (token !== '}' && token !== ';')) continue;
    rules.push(css.slice(start, index + 1));
    start = index + 1;
  }
  return rules.map((rule) => rule.trim()).filter((rule) => rule.replace(/^(\s|;|\/\*[\s\S]*?\*\/)+$/, ''));
}

function morph(now, next) {
  if (now.nodeType !== Node.ELEMENT_NODE) {
    if (now.data !== next.data) now.data = next.data;
    return;
  }
  for (const { name } of [...now.attributes]) {
    if (!next.hasAttribute(name) && !isVisitors(now, name)) now.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (now.getAttribute(name) !== value && !isVisitors(now, name)) now.setAttribute(name, value);
  }
  morphChildren(now, next);
}

// What the one who looks at the page has set, not the page.
const isVisitors = (element, name) => name === 'open' && element.nodeName === 'DETAILS';

const isAlike = (one, two) => one.nodeName === two.nodeName && (one.id || '') === (two.id || '');

function morphChildren(parent, next) {
  const olds = [...parent.childNodes].filter((node) => !apart(node));
  const news = [...next.childNodes].filter((node) => !apart(node));
  let at = 0, end = null; // `end` is the first of the nodes at the end that stay as they are
  while (olds.length && news.length && olds.at(-1).isEqualNode(news.at(-1))) {
    end = olds.pop();
    news.pop();
  }
  news.forEach((node, number) => {
    let found = olds.findIndex((old, index) => index >= at && old.isEqualNode(node));
    const rest = news.slice(number + 1);
    if (found < 0 && olds[at] && isAlike(olds[at], node) && !rest.some((later) => olds[at].isEqualNode(later))) {
      found = at;
    }
    if (found < 0) {
      parent.insertBefore(document.importNode(node, true), olds[at] ?? end);
      return;
    }
    olds.slice(at, found).forEach((old) => old.remove());
    if (!olds[found].isEqualNode(node)) morph(olds[found], node);
    at = found + 1;
  });
  olds.slice(at).forEach((old) => old.remove());
}
