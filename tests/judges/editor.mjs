/**
 * What an editor makes of the schemas in docs/schema: the YAML language server, which VS Code's YAML extension and most
 * other editors run, is asked over stdio what it shows, completes and underlines in a site's files.
 *
 *     node tests/judges/editor.mjs
 *
 * Prints a line per failure and one line of counts; exits 1 on any failure.
 */
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { StreamMessageReader, StreamMessageWriter, createMessageConnection } from "vscode-jsonrpc/node";

const ROOT = new URL("../../", import.meta.url);
const SITE = new URL("sites/launch-your-course/", ROOT);
const SERVER = createRequire(import.meta.url).resolve("yaml-language-server/bin/yaml-language-server");
const PATIENCE = 60_000; // milliseconds for all of it; a server that hangs must not hold up CI
const SCHEMAS = ["site", "stack", "links"];

/** Where ▮ stands is the cursor. Each text is a file of the example site that nobody has saved. */
const OFFER = "offers:\n  course:\n    name: The Course\n";
const HOVERS = [
  ["stack", "aud▮ience: people\n", "#### Audience\n\nWhom this stack is for: one audience.\n\nExample:"],
  ["stack", `${OFFER}    pri▮ce: 97\n`, "#### Price\n\nIn the site's currency; none for what is free.\n\nExample:\n\n```yaml\n97\n```"],
  ["stack", `${OFFER}    eve▮ry: month\n`, "#### Billing interval\n\nHow often it is charged.\n\nAllowed Values:\n\n* `month`\n"],
  ["stack", `${OFFER}    deli▮ver: [a.pdf]\n`, "#### What buyers receive\n\nWhat buyers receive, in order."],
  ["stack", "steps:\n  - check▮out: course\n", "#### Checkout\n\nShows the order: offer, bump, total, pay button."],
  ["stack", "steps:\n  - checkout: course\n    bu▮mp: template\n", "#### Order bump\n\nOffers to add with one checkbox each"],
  ["stack", "steps:\n  - thank-▮you:\n", "#### Thank-you page\n\nShows what was given or bought"],
  ["stack", "steps:\n  - oto: a\n    down▮sell: {offer: b}\n", "#### Downsell\n\nShows the smaller alternative"],
  ["stack", "steps:\n  - oto: a\n    allow: {oto-price-▮range: because}\n", "#### FG204 oto-price-range\n\n"],
  ["site", "name: x\nur▮l: https://example.com\n", "#### URL\n\nThe site's address, the root of a host; needed to go live."],
  ["site", "name: x\nform▮: netlify\n", "#### Opt-in form\n\nWhere the opt-in form sends the address"],
  // A sign that Markdown would take for itself: the description is shown as it was written.
  ["site", "name: x\nme▮nu: [about]\n", "Links on free pages: `glossary`, a page, a step."],
  ["links", "li▮ve:\n  checkout: https://buy.stripe.com/x\n", "#### Live payment links\n\nThe links that charge money, by button."],
];

/** What is offered at the cursor: all of the first list, none of the second. */
const COMPLETIONS = [
  ["stack", "▮\n", ["audience", "offers", "steps", "allow"], ["name", "file", "places"]],
  ["stack", `${OFFER}    ▮\n`, ["price", "promise", "pay", "deliver", "refund", "allow"], ["name", "id", "places"]],
  ["stack", `${OFFER}    every: ▮\n`, ["week", "month", "year"], ["null"]],
  ["stack", "offers:\n  ▮\n", ["a new offer"], ["checkout"]],
  ["stack", "steps:\n  - ▮\n", ["lead-magnet", "sales", "checkout", "oto", "thank-you"], ["bump", "downsell", "id"]],
  ["stack", "steps:\n  - checkout: course\n    ▮\n", ["bump", "accept", "id", "path", "allow"], ["oto", "decline", "cross-sell"]],
  ["stack", "steps:\n  - oto: calls\n    downsell:\n      ▮\n", ["offer", "accept", "decline"], ["downsell", "bump"]],
  ["stack", "steps:\n  - oto: a\n    allow:\n      ▮\n", ["oto-price-range", "downsell-price-range"], ["unknown-offer", "idle-allow"]],
  ["site", "name: x\n▮\n", ["url", "currency", "seller", "sells_to", "brand"], ["name", "places"]],
  ["site", "name: x\ntax: ▮\n", ["included", "added"], ["null"]],
  ["site", "name: x\nsells_to:\n  - ▮\n", ["US", "EU", "UK"], []],
];

/** What is underlined: the line, from 1, and a part of what is said there. */
const MISTAKES = [
  ["stack", `${OFFER}    prise: 97\nsteps: []\n`, [[4, "prise is not allowed"]]],
  ["stack", "offers: {}\nsteps:\n  - chekout: a\n", [[3, "chekout is not allowed"]]],
  ["stack", "offers: {}\nsteps:\n  - checkout: a\n    decline: b\n", [[4, "decline is not allowed"]]],
  ["stack", "offers: {}\nsteps:\n  - checkout: A B\n", [[3, "an id has lower-case letters, digits and hyphens"]]],
  ["stack", `${OFFER}    price: $97\nsteps: []\n`, [[4, "an amount, as in `97`"]]],
  ["stack", "offers: {}\nsteps:\n  - oto: a\n    allow: {oto-price-rang: x}\n", [[4, "oto-price-rang is not allowed"]]],
  ["stack", "offers: {}\nsteps:\n  - thank-you: a\n", [[3, 'Expected "null"']]],
  ["site", "name: x\nurl: http://example.com\n", [[2, "write `https://` and a host alone; beside another site, a subdomain, as in `https://course.example.com`"]]],
  ["site", "name: x\ntax: maybe\n", [[2, 'Valid values: "added", "included"']]],
  ["site", "url: https://example.com\n", [[1, 'Missing property "name"']]],
  ["links", "prod: {}\n", [[1, "prod is not allowed"]]],
];

const failures = [];
const fail = (what, text, seen) => failures.push(`${what}:\n${text.replace(/^/gm, "    ")}\n  gave ${JSON.stringify(seen)}`);

/** The server, with one question for each thing that an editor asks. */
async function start() {
  const process_ = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = createMessageConnection(new StreamMessageReader(process_.stdout), new StreamMessageWriter(process_.stdin));
  const waiting = new Map();
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => waiting.get(uri)?.(diagnostics));
  connection.onRequest("workspace/configuration", ({ items }) =>
    items.map(({ section }) => (section === "yaml" ? { validate: true, hover: true, completion: true, schemaStore: { enable: false } } : null)),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: ROOT.href,
    capabilities: {
      textDocument: {
        completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
        hover: { contentFormat: ["markdown"] },
        publishDiagnostics: {},
      },
      workspace: { configuration: true },
    },
  });
  await connection.sendNotification("initialized", {});

  let number = 0;
  /** Opens a text as a file of the site, and gives its address with what the server has against it. */
  async function open(schema, text) {
    const uri = new URL(`unsaved-${++number}.yaml`, SITE).href;
    const found = new Promise((resolve) => waiting.set(uri, resolve));
    await connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text: headed(schema, text) } });
    return { uri, diagnostics: await found };
  }

  /** Asks something about the place of the cursor. */
  async function ask(method, schema, text) {
    const [before] = text.split("▮");
    const { uri } = await open(schema, text.replace("▮", ""));
    const lines = headed(schema, before).split("\n");
    const position = { line: lines.length - 1, character: lines.at(-1).length };
    return connection.sendRequest(method, { textDocument: { uri }, position });
  }
  return { open, ask, stop: () => process_.kill() };
}

/** The comment by which a file names its schema. */
const headed = (schema, text) =>
  text.startsWith("# yaml-language-server") ? text : `# yaml-language-server: $schema=../../docs/schema/${schema}.schema.json\n${text}`;

async function judgeHovers(server) {
  for (const [schema, text, wanted] of HOVERS) {
    const hover = await server.ask("textDocument/hover", schema, text);
    const shown = hover?.contents?.value ?? "";
    if (!shown.includes(wanted)) fail(`hover should show ${JSON.stringify(wanted)}`, text, shown);
  }
}

async function judgeCompletions(server) {
  for (const [schema, text, wanted, unwanted] of COMPLETIONS) {
    const answer = await server.ask("textDocument/completion", schema, text);
    const labels = (answer.items ?? answer).map((item) => item.label);
    if (wanted.some((label) => !labels.includes(label))) fail(`completion should offer ${wanted.join(", ")}`, text, labels);
    if (unwanted.some((label) => labels.includes(label))) fail(`completion should not offer ${unwanted.join(", ")}`, text, labels);
  }
}

async function judgeMistakes(server) {
  for (const [schema, text, wanted] of MISTAKES) {
    const { diagnostics } = await server.open(schema, text);
    const seen = diagnostics.map(({ range, message }) => [range.start.line, message]); // the comment is line 0
    const missing = wanted.some(([line, part]) => !seen.some(([at, message]) => at === line && message.includes(part)));
    if (missing || seen.length !== wanted.length) fail(`should be underlined: ${JSON.stringify(wanted)}`, text, seen);
  }
}

/** The example's own files name their schemas, and nothing in them is underlined. */
async function judgeExample(server) {
  for (const name of ["site", "stack"]) {
    const text = await readFile(new URL(`${name}.yaml`, SITE), "utf8");
    const { diagnostics } = await server.open(name, text);
    const schema = text.split("\n", 1)[0];
    if (!schema.startsWith("# yaml-language-server: $schema=")) fail(`${name}.yaml should name its schema`, schema, null);
    if (diagnostics.length > 0) fail(`${name}.yaml should be fine`, text, diagnostics);
  }
}

/** A pattern must mean in JavaScript what it means in Python; in the strict kind at least it must be one. */
async function judgePatterns() {
  let count = 0;
  for (const name of SCHEMAS) {
    const text = await readFile(new URL(`docs/schema/${name}.schema.json`, ROOT), "utf8");
    JSON.parse(text, (key, value) => {
      if (key === "pattern" && typeof value === "string") {
        count += 1;
        try {
          new RegExp(value, "u");
        } catch (error) {
          fail("should be a pattern in JavaScript", value, error.message);
        }
      }
      return value;
    });
  }
  return count;
}

const server = await start();
const watchdog = setTimeout(() => {
  console.error("the YAML language server did not answer");
  server.stop();
  process.exit(1);
}, PATIENCE);
const patterns = await judgePatterns();
await judgeHovers(server);
await judgeCompletions(server);
await judgeMistakes(server);
await judgeExample(server);
clearTimeout(watchdog);
server.stop();
for (const failure of failures) console.error(failure);
console.log(
  `docs/schema: ${HOVERS.length} hovers, ${COMPLETIONS.length} completions, ${MISTAKES.length} mistakes, ` +
    `${patterns} patterns: ${failures.length === 0 ? "no problem" : `${failures.length} failed`}`,
);
process.exit(failures.length === 0 ? 0 : 1);
