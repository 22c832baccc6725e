// The sandbox: a process that transforms one document by a stylesheet that nobody trusts, and can do nothing else.
import { Buffer } from "node:buffer";
import { writeSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { type Examined, examine, hasDoctype } from "./examine.ts";
import { explained } from "./explain.ts";
import { type Report, REPORTS, type Request } from "./protocol.ts";
import { loadSaxon, type XmlDocument } from "./saxon.ts";
import { StandardInput } from "./standard-input.ts";

// The global goes once Saxon is loaded. To import it instead would open standard input, which then does not block.
const itself = process;
const [saxonFile = "", memory = "0"] = itself.argv.slice(2);
/** Saxon names it in its messages. */
const STYLESHEET = "file:///stylesheet.xsl";
/** Asked for to see whether a stylesheet compiles: it has no such template. */
const NOWHERE = "QName('urn:waybill:nowhere', 'nowhere')";

// Whoever waits for the result may be killed meanwhile: then nobody needs it. What is outside of the heap counts too.
const watcher = `setInterval(() => {
  if (process.ppid !== ${itself.ppid} || process.memoryUsage.rss() > ${Number(memory)}) process.kill(${itself.pid}, "SIGKILL");
}, 250)`;
new Worker(watcher, { eval: true, stdout: true, stderr: true }).unref();

const input = new StandardInput();
const saxon = loadSaxon(saxonFile);
report(run());
itself.exit(0);

function run(): Report {
  const { stylesheet: text } = JSON.parse(input.line()) as Request;
  if (hasDoctype(text)) return { step: "forbidden", what: "a DOCTYPE" };
  let stylesheet: XmlDocument;
  try {
    stylesheet = saxon.parse(text, STYLESHEET);
  } catch (error) {
    return { step: "unsuited", ...explained(error, text, "It is not XML: ") };
  }
  const root = stylesheet.documentElement;
  if (root === null) return { step: "unsuited", detail: "It is empty.", line: null };
  const { forbidden, encodings, strips } = examine(root);
  if (forbidden !== null) return { step: "forbidden", what: forbidden };
  const other = encodings.find((encoding) => !/^utf-?8$/i.test(encoding));
  if (other !== undefined) {
    return { step: "unsuited", detail: `xsl:output asks for the encoding ${other}; results are UTF-8.`, line: null };
  }
  try {
    compile(stylesheet);
  } catch (error) {
    return attempted() ?? { step: "unsuited", ...explained(error, text) };
  }
  report({ step: "compiled" });
  try {
    const result = transform(stylesheet, input.rest(), strips);
    const attempt = attempted();
    if (attempt !== null) return attempt;
    const bytes = Buffer.from(result, "utf8");
    for (let sent = 0; sent < bytes.length;) sent += writeSync(1, bytes, sent);
    return { step: "done" };
  } catch (error) {
    return attempted() ?? { step: "failed", ...explained(error, text) };
  }
}

/** Compiles a stylesheet for nothing but its mistakes. What only fails when it runs is left for then. */
function compile(stylesheet: XmlDocument): void {
  const document = saxon.parse("<none/>", "file:///document.xml");
  const options = `'stylesheet-node': $stylesheet, 'global-context-item': $document, 'initial-template': ${NOWHERE}`;
  try {
    saxon.evaluate(`transform(map{${options}})`, { stylesheet, document });
  } catch (error) {
    if (!/^XT[DT]E/.test(codeOf(error))) throw error;
  }
}

function transform(stylesheet: XmlDocument, text: string, strips: Examined["strips"]): string {
  // In documents of ours, only tags have a bare `>`. To strip them here is much faster than to have a copy made.
  const plain = strips === "all" ? text.replaceAll(/>(?:[ \t\n]|&#13;)+</g, "><") : text;
  const document = saxon.parse(plain, "file:///document.xml");
  // A source node is copied to strip its white space, which takes longer than most transformations do.
  const source =
    strips === "some"
      ? "'source-node': $document"
      : "'initial-match-selection': $document, 'global-context-item': $document";
  const result = saxon.evaluate(
    `transform(map{'stylesheet-node': $stylesheet, 'delivery-format': 'serialized', ${source}})?output`,
    { stylesheet, document },
  );
  return typeof result === "string" ? result : "";
}

/** What was tried in vain, though it may have been caught. */
function attempted(): Report | null {
  const [what] = saxon.attempts;
  return what === undefined ? null : { step: "forbidden", what };
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown }).code).replace(/^Q\{.*\}/, "");
}

function report(what: Report): void {
  const bytes = Buffer.from(`${JSON.stringify(what)}\n`, "utf8");
  for (let sent = 0; sent < bytes.length;) sent += writeSync(REPORTS, bytes, sent);
}
