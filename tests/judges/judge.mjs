/**
 * Outside judges over built sites: html-validate reads every page, Netlify's own parsers read `_headers` and `_redirects`.
 * What they refuse, a visitor's browser or the host would have to guess at.
 *
 *     node tests/judges/judge.mjs DIST…
 *
 * Prints one line per finding and one line of counts per folder; exits 1 on any finding, 2 on wrong usage.
 */
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";
import { HtmlValidate } from "html-validate";

/** Every rule that differs from the presets, and why. A rule is never turned off to hide a finding. */
const RULES = {
  // `<!doctype html>` is case-insensitive by the standard; lowercase is what the themes write.
  "doctype-style": "off",
  // Safari stops announcing a list once `list-style: none` is set; `role="list"` on a styled list brings it back.
  "no-redundant-role": "off",
};

/**
 * Findings that are wanted. HTML has no `autocomplete` on a checkbox, but Firefox keeps the state of one over a reload
 * unless it says "off", and an order bump must never come ticked.
 */
const isWanted = (message) => ["valid-autocomplete", "input-attributes"].includes(message.ruleId) && /#bump-\d/.test(message.selector ?? "");

/** The statuses that Netlify documents for a redirect. Its parser takes any number; its servers have no 307, for one. */
const REDIRECT_STATUSES = new Set([200, 301, 302, 404]);

const htmlValidate = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: RULES,
});

/** The text of a file, or null where there is none. */
async function readIfPresent(file) {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/** The paths of all .html files under a folder, relative to it, in a fixed order. */
async function findPages(dist) {
  const files = await readdir(dist, { recursive: true });
  return files.filter((file) => file.endsWith(".html")).sort();
}

/** Problems of every page, as html-validate sees them. */
async function judgePages(dist, pages) {
  const problems = [];
  for (const page of pages) {
    const markup = await readFile(path.join(dist, page), "utf8");
    const report = await htmlValidate.validateString(markup, page);
    for (const message of report.results.flatMap((result) => result.messages)) {
      if (isWanted(message)) continue;
      problems.push(`${page}:${message.line}:${message.column}: ${message.message} (${message.ruleId})`);
    }
  }
  return problems;
}

/** Lines that say something: neither blank nor a comment. */
function meaningfulLines(text) {
  return text
    .split("\n")
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== "" && !line.startsWith("#"));
}

/** Rules and problems of `_headers`. A site without one ships without its security headers, so it has to be there. */
async function judgeHeaders(dist) {
  const file = path.join(dist, "_headers");
  const text = await readIfPresent(file);
  if (text === null) return { count: 0, problems: ["_headers: missing"] };

  const { headers, errors } = await parseAllHeaders({ headersFiles: [file], configHeaders: [], minimal: false });
  const problems = errors.map((error) => `_headers: ${oneLine(error)}`);
  // The parser drops a line without a colon, and a path without headers, without a word.
  for (const { line, number } of meaningfulLines(text)) {
    if (!line.startsWith("/") && !line.includes(":")) {
      problems.push(`_headers:${number}: Netlify ignores this line, it is neither a path nor a header: ${line}`);
    }
  }
  const paths = meaningfulLines(text).filter(({ line }) => line.startsWith("/")).length;
  if (errors.length === 0 && paths !== headers.length) {
    problems.push(`_headers: ${counted(paths, "path")}, but Netlify sees ${counted(headers.length, "rule")}: a path has no header`);
  }
  if (headers.length === 0 && problems.length === 0) problems.push("_headers: no rule in it");
  return { count: headers.length, problems };
}

/** Rules and problems of `_redirects`, which a site may do without. */
async function judgeRedirects(dist) {
  const file = path.join(dist, "_redirects");
  const text = await readIfPresent(file);
  if (text === null) return { count: 0, problems: [] };

  const { redirects, errors } = await parseAllRedirects({ redirectsFiles: [file], configRedirects: [], minimal: false });
  const problems = errors.map((error) => `_redirects: ${oneLine(error)}`);
  const lines = meaningfulLines(text).length;
  // One line, one rule: anything else means that a line was dropped without a word.
  if (problems.length === 0 && redirects.length !== lines) {
    problems.push(`_redirects: ${lines} lines, but Netlify sees ${redirects.length} rules`);
  }
  for (const { from, status = 301 } of redirects) {
    if (!REDIRECT_STATUSES.has(status)) problems.push(`_redirects: ${from}: Netlify has no redirect with status ${status}`);
  }
  return { count: redirects.length, problems };
}

function oneLine(error) {
  return String(error.message ?? error).replace(/\s*\n\s*/g, " ");
}

/** "1 page", "2 pages": the zero and the plural as English has them. */
function counted(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Judges one built site, prints what was found, and returns how many problems there were. */
async function judge(dist) {
  const folder = await stat(dist).catch(() => null);
  if (!folder?.isDirectory()) {
    console.error(`${dist}: no such folder; build the site first`);
    return 1;
  }
  const pages = await findPages(dist);
  const headers = await judgeHeaders(dist);
  const redirects = await judgeRedirects(dist);
  const problems = [
    ...(pages.length === 0 ? ["no .html file in it"] : await judgePages(dist, pages)),
    ...headers.problems,
    ...redirects.problems,
  ];
  for (const problem of problems) console.error(`${dist}/${problem}`);
  console.log(
    `${dist}: ${counted(pages.length, "page")}, ${counted(headers.count, "header rule")}, ` +
      `${counted(redirects.count, "redirect")}: ${problems.length === 0 ? "no problem" : counted(problems.length, "problem")}`,
  );
  return problems.length;
}

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error("usage: node tests/judges/judge.mjs DIST…");
  process.exit(2);
}
let found = 0;
for (const folder of folders) found += await judge(folder.replace(/\/+$/, ""));
process.exit(found === 0 ? 0 : 1);
