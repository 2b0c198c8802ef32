/**
 * The Nu HTML checker (the one behind validator.w3.org) over built sites.
 *
 *     node tests/judges/nu.mjs DIST…
 *
 * Needs Java. Prints one line per finding and one line of counts; exits 1 on any finding, 2 on wrong usage.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const JAR = fileURLToPath(new URL("node_modules/vnu-jar/build/dist/vnu.jar", import.meta.url));

/** Findings that are wanted, and why. A finding is never left out to hide it. */
const WANTED = [
  // Its parser of CSS is behind the browsers: it knows neither `@view-transition` nor container queries and their units.
  ({ message }) => message.startsWith("CSS: "),
  // Safari stops announcing a list once `list-style: none` is set; `role="list"` on a styled list brings it back.
  ({ message }) => message === "The “list” role is unnecessary for element “ul”." || message === "The “list” role is unnecessary for element “ol”.",
  // Firefox keeps the state of a checkbox over a reload unless it says "off", and an order bump must never come ticked.
  ({ message, extract }) => message.startsWith("Attribute “autocomplete” is only allowed when") && /id="?bump-\d/.test(extract ?? ""),
];

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error("usage: node tests/judges/nu.mjs DIST…");
  process.exit(2);
}
const options = ["-Xss4m", "-jar", JAR, "--skip-non-html", "--format", "json", "--stdout"];
const asked = spawnSync("java", [...options, ...folders], { encoding: "utf8", maxBuffer: 1 << 28 });
if (asked.error || !asked.stdout) {
  console.error(`the Nu checker did not run: ${asked.error?.message ?? asked.stderr}`);
  process.exit(1);
}
const { messages } = JSON.parse(asked.stdout);
const problems = messages.filter((message) => !WANTED.some((isWanted) => isWanted(message)));
for (const { url, lastLine, lastColumn, message } of problems) {
  console.error(`${decodeURI(url ?? "").replace("file:", "")}:${lastLine}:${lastColumn}: ${message} (Nu)`);
}
console.log(`Nu checker: ${folders.length === 1 ? "1 folder" : `${folders.length} folders`}: ${problems.length === 0 ? "no problem" : `${problems.length} found`}`);
process.exit(problems.length === 0 ? 0 : 1);
