// Stylesheets that want out: none reads, writes, connects, or runs anything, and each ends soon with a plain word.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transformed } from "../../src/formats/xml/xslt/transform.ts";
import { WaybillError } from "../../src/lib/errors.ts";

const LIMITS = { document: 1 << 20, time: 6000, memory: 256 };
const SECRET = "nobody may read this";
const DOCUMENT = `<records><record><id>1</id><kind>b</kind></record><record><id>2</id><kind>a</kind></record>
<record><id>3</id><kind>b</kind></record></records>`;

let folder = "";
let port = 0;
let connections = 0;
const server = createServer((_, response) => response.end("<a/>"));
server.on("connection", () => connections++);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "waybill-xslt-"));
  writeFileSync(join(folder, "secret.txt"), SECRET);
  writeFileSync(join(folder, "secret.xml"), `<secret>${SECRET}</secret>`);
  writeFileSync(join(folder, "secret.xsl"), sheet(`<xsl:template match="/">${SECRET}</xsl:template>`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const PREFIXES = `xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:fn="http://www.w3.org/2005/xpath-functions" xmlns:f="urn:f" xmlns:map="http://www.w3.org/2005/xpath-functions/map"`;

function sheet(body: string, attributes = ""): string {
  return `<xsl:stylesheet version="3.0" ${PREFIXES} ${attributes}>\n${body}\n</xsl:stylesheet>`;
}

function template(body: string, attributes = ""): string {
  return sheet(`<xsl:template match="/">\n${body}</xsl:template>`, attributes);
}

/** A stylesheet that gives the value of an expression. */
function value(xpath: string, attributes = ""): string {
  return template(`<a><xsl:sequence select="${xpath}"/></a>`, attributes);
}

async function* chunks(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, "utf8");
}

async function result(stylesheet: string, document = chunks(DOCUMENT), limits = LIMITS): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of transformed(document, stylesheet, new AbortController().signal, limits)) {
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts).toString("utf8");
}

/** Checks that a stylesheet fails with a code, in words that match, soon, and without a secret or a connection. */
async function refused(stylesheet: string, code: string, words: RegExp, document?: AsyncGenerator<Uint8Array>) {
  const began = performance.now();
  const error = await result(stylesheet, document).then(
    (text) => new Error(`it gave ${text.slice(0, 200)}`),
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(WaybillError);
  const { message, hint, code: its } = error as WaybillError;
  expect(`${its}: ${message} ${hint}`).toMatch(words);
  expect(its).toBe(code);
  expect(`${message} ${hint}`).not.toContain(SECRET);
  expect(performance.now() - began).toBeLessThan(LIMITS.time * 2);
  expect(connections).toBe(0);
}

/** Replaces FOLDER and PORT in a case, which are known only when it runs. */
function placed(text: string): string {
  return text.replaceAll("FOLDER", folder).replaceAll("PORT", String(port));
}

describe("refused before anything runs", () => {
  it.each<[string, RegExp]>([
    ["doc('file://FOLDER/secret.xml')", /the function doc,/],
    ["fn:doc('/etc/passwd')", /the function doc,/],
    ["doc (: :) ('/etc/passwd')", /the function doc,/],
    ["Q{http://www.w3.org/2005/xpath-functions}doc('/etc/passwd')", /the function doc,/],
    ["'/etc/passwd' => doc()", /the function doc,/],
    ["for-each('/etc/passwd', doc#1)", /the function doc,/],
    ["document('secret.xml', /)", /the function document,/],
    ["doc-available('http://127.0.0.1:PORT/')", /the function doc-available,/],
    ["doc('http://127.0.0.1:PORT/')", /the function doc,/],
    ["unparsed-text('file://FOLDER/secret.txt')", /the function unparsed-text,/],
    ["unparsed-text-lines('/etc/passwd')", /the function unparsed-text-lines,/],
    ["unparsed-text-available('/etc/passwd')", /the function unparsed-text-available,/],
    ["json-doc('http://127.0.0.1:PORT/')", /the function json-doc,/],
    ["collection('file://FOLDER')", /the function collection,/],
    ["uri-collection('file://FOLDER')", /the function uri-collection,/],
    ["environment-variable('PATH')", /the function environment-variable,/],
    ["available-environment-variables()", /the function available-environment-variables,/],
    ["transform(map{'stylesheet-location': 'file://FOLDER/secret.xsl'})", /the function transform,/],
    ["load-xquery-module('urn:x')", /the function load-xquery-module,/],
    ["function-lookup(xs:QName('fn:d' || 'oc'), 1)('/etc/passwd')", /the function function-lookup,/],
    ["js:eval('1')", /the function js:eval of Saxon/],
    ["ixsl:window()", /the function ixsl:window of Saxon/],
    ["Q{http://saxonica.com/ns/globalJS}eval('1')", /extensions of Saxon/],
  ])("%s", async (xpath, words) => {
    await refused(value(placed(xpath)), "xslt-forbidden", words);
  });

  it.each<[string, string, RegExp]>([
    ["xsl:include", sheet('<xsl:include href="file://FOLDER/secret.xsl"/>'), /uses xsl:include/],
    ["xsl:import over http", sheet('<xsl:import href="http://127.0.0.1:PORT/"/>'), /uses xsl:import/],
    ["another prefix", sheet('<y:include xmlns:y="http://www.w3.org/1999/XSL/Transform" href="x"/>'), /xsl:include/],
    ["xsl:use-package", sheet('<xsl:use-package name="urn:x"/>'), /uses xsl:use-package/],
    [
      "xsl:result-document",
      template('<xsl:result-document href="file://FOLDER/written.xml"><a/></xsl:result-document>'),
      /uses xsl:result-document/,
    ],
    ["xsl:evaluate", template(`<xsl:evaluate xpath="'d' || 'oc(1)'"/>`), /uses xsl:evaluate/],
    ["xsl:source-document", template('<xsl:source-document href="/etc/passwd"/>'), /uses xsl:source-document/],
    ["xsl:merge over files", template('<xsl:merge><xsl:merge-source for-each-source="x"/></xsl:merge>'), /for-each-s/],
    ["a value template", template(`<a b="it's {doc('/etc/passwd')}"/>`), /the function doc,/],
    ["a text value template", template("<a>{unparsed-text('/etc/passwd')}</a>", 'expand-text="yes"'), /unparsed-text/],
    [
      "a shadow attribute",
      template(`<xsl:value-of _select="{'d'}{'oc'}('/etc/passwd')"/>`),
      /shadow attribute _select/,
    ],
    ["a pattern", sheet(`<xsl:template match="doc('/etc/passwd')/a"/>`), /the function doc,/],
    ["use-when", template(`<a xsl:use-when="doc-available('/etc/passwd')"/>`), /the function doc-available,/],
    ["the namespace of JavaScript", value("1", 'xmlns:j="http://saxonica.com/ns/globalJS"'), /ns\/globalJS \(ext/],
    ["ixsl", value("1", 'xmlns:i="http://saxonica.com/ns/interactiveXSLT"'), /interactiveXSLT \(ext/],
    [
      "an entity of a file",
      `<!DOCTYPE a [<!ENTITY x SYSTEM "file://FOLDER/secret.txt">]>\n${template("<a>&x;</a>")}`,
      /uses a DOCTYPE/,
    ],
    [
      "a billion laughs",
      `<!DOCTYPE a [<!ENTITY a "ha">${"bcdefghij"
        .split("")
        .map((name, n) => `<!ENTITY ${name} "${`&${"abcdefghi"[n]};`.repeat(10)}">`)
        .join("")}]>\n${template("<a>&j;</a>")}`,
      /uses a DOCTYPE/,
    ],
  ])("%s", async (_name, stylesheet, words) => {
    await refused(placed(stylesheet), "xslt-forbidden", words);
    expect(existsSync(join(folder, "written.xml"))).toBe(false);
  });
});

describe("ended while it runs", () => {
  it.each<[string, string, string, RegExp]>([
    [
      "recursion without end",
      sheet(`<xsl:function name="f:f"><xsl:param name="n"/><xsl:sequence select="f:f($n + 1) + 1"/></xsl:function>
        <xsl:template match="/"><xsl:value-of select="f:f(1)"/></xsl:template>`),
      "xslt-failed",
      /goes too deep/,
    ],
    [
      "a loop without end",
      value("count(for $i in 1 to 1000000, $j in 1 to 1000000 return $i * $j)"),
      "xslt-too-slow",
      /more than 6 seconds/,
    ],
    [
      "memory without end",
      value(
        "array:size(array{for $i in 1 to 100000000 return string($i)})",
        'xmlns:array="http://www.w3.org/2005/xpath-functions/array"',
      ),
      "xslt-failed",
      /more than 256 MiB of memory/,
    ],
    [
      "text without end",
      value("string-length(fold-left(1 to 60, 'abc', function($a, $b) {concat($a, $a)}))"),
      "xslt-failed",
      /Invalid string length|MiB of memory/,
    ],
    [
      "a billion laughs at run time",
      value(
        `string-length(parse-xml('&lt;!DOCTYPE a [&lt;!ENTITY a &quot;ha&quot;>${"bcdefghij"
          .split("")
          .map((name, n) => `&lt;!ENTITY ${name} &quot;${`&amp;${"abcdefghi"[n]};`.repeat(10)}&quot;>`)
          .join("")}]>&lt;a>&amp;j;&lt;/a>'))`,
      ),
      "xslt-failed",
      /MiB of memory|entity|parse/i,
    ],
    [
      "its own message",
      template('<xsl:message terminate="yes">no <xsl:value-of select="//id[1]"/></xsl:message>'),
      "xslt-failed",
      /no 1/,
    ],
    ["a mistake", value("xs:integer('x')"), "xslt-failed", /Line 4: .*not a valid xs:integer/],
  ])("%s", async (_name, stylesheet, code, words) => {
    await refused(stylesheet, code, words);
  });

  it("a document that is too large, as soon as it is", async () => {
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        given += 1 << 18;
        yield Buffer.alloc(1 << 18, "a");
      }
    }
    await refused(value("1"), "too-large-for-xslt", /more than 1 MiB of XML.*export XML without xslt/s, endless());
    expect(given).toBeLessThan(2 << 20);
  });

  it("an export that is stopped", async () => {
    const controller = new AbortController();
    const running = transformed(chunks(DOCUMENT), value("count(1 to 100000000000)[. = 1]"), controller.signal, LIMITS);
    setTimeout(() => controller.abort(new Error("stopped")), 300);
    const began = performance.now();
    await expect(
      (async () => {
        for await (const part of running) expect(part.length).toBe(0);
      })(),
    ).rejects.toThrow("stopped");
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

describe("mistakes, told before the document is read", () => {
  it.each<[string, string, RegExp]>([
    ["nothing", "", /empty|not XML/],
    ["no XML", "<a>\n<b></a>", /Line 2: It is not XML/],
    ["no stylesheet", "<a/>", /lacks @xsl:version/],
    ["a mistake in XPath", value("1 +"), /Line 4: .*Unexpected token/],
    ["an unknown function", value("f:unknown(1)"), /Line 4: .*unknown/],
    ["an unknown element", sheet("<xsl:bogus/>"), /xsl:bogus/],
    ["another encoding", sheet('<xsl:output encoding="ISO-8859-1"/>'), /results are UTF-8/],
  ])("%s", async (_name, stylesheet, words) => {
    let read = false;
    async function* watched(): AsyncGenerator<Uint8Array> {
      read = true;
      yield* chunks(DOCUMENT);
    }
    await refused(stylesheet, "option-not-suited", words, watched());
    expect(read).toBe(false);
  });
});

describe("even unexamined", () => {
  // The process as it would be for a stylesheet that got past the examination: Saxon, and an expression.
  const saxonFile = createRequire(import.meta.url).resolve("saxon-js");
  const code = new URL("../../src/formats/xml/xslt/saxon.ts", import.meta.url).href;
  const script = `
    import { writeSync } from "node:fs";
    import { loadSaxon } from ${JSON.stringify(code)};
    const xpath = process.argv[1];
    const saxon = loadSaxon(${JSON.stringify(saxonFile)});
    const stylesheet = saxon.parse(xpath, "file:///stylesheet.xsl");
    let said;
    try {
      said = saxon.evaluate("transform(map{'stylesheet-node': $s, 'initial-match-selection': 1, 'delivery-format': 'serialized'})", { s: stylesheet }).output;
    } catch (error) { said = "failed: " + error.message; }
    writeSync(1, JSON.stringify([said, saxon.attempts]));`;

  it.each<[string, string[]]>([
    ["doc('file://FOLDER/secret.xml')", ["files"]],
    ["unparsed-text('file://FOLDER/secret.txt')", ["files"]],
    ["string(unparsed-text-available('file://FOLDER/secret.txt'))", ["files"]],
    ["string(doc-available('http://127.0.0.1:PORT/'))", []],
    ["json-doc('http://127.0.0.1:PORT/')", []],
    ["unparsed-text('http://127.0.0.1:PORT/')", []],
    ["string-join(available-environment-variables())", []],
    ["js:eval('1+1')", []],
    ["js:fetch('http://127.0.0.1:PORT/')", []],
    ["js:process()", []],
    ["ixsl:eval('1+1')", []],
    ["ixsl:call(ixsl:get(ixsl:window(), 'process'), 'exit', [])", []],
    ["ixsl:call(ixsl:window(), 'constructor', ['return process'])", []],
    ["ixsl:call(ixsl:call(ixsl:get(map{}, 'constructor'), 'constructor', ['return process']), 'call', [])", []],
  ])("%s comes to nothing", async (xpath, attempts) => {
    const saxon = 'xmlns:js="http://saxonica.com/ns/globalJS" xmlns:ixsl="http://saxonica.com/ns/interactiveXSLT"';
    const stylesheet = sheet(
      `<xsl:output method="text"/><xsl:template match="."><xsl:value-of select="${placed(xpath)}"/></xsl:template>`,
      saxon,
    );
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        "--disable-warning=ExperimentalWarning",
        "--permission",
        `--allow-fs-read=${new URL("../../src/formats/xml/xslt", import.meta.url).pathname}`,
        `--allow-fs-read=${saxonFile}`,
        "--disallow-code-generation-from-strings",
        "--input-type=module",
        "-e",
        script,
        stylesheet,
      ],
      { env: { SECRET } },
    );
    const [said, tried] = JSON.parse(stdout) as [string, string[]];
    expect(said).toMatch(/^(?:failed: .*|false|)$/s);
    expect(said).not.toContain(SECRET);
    expect(tried).toEqual(attempts);
    expect(connections).toBe(0);
  });
});

describe("what stylesheets are for", () => {
  it("groups, sorts, and writes text", async () => {
    const stylesheet = sheet(`<xsl:output method="text"/><xsl:template match="/records">
      <xsl:for-each-group select="record" group-by="kind"><xsl:sort select="current-grouping-key()"/>
      <xsl:value-of select="current-grouping-key() || ': ' || string-join(current-group()/id, ', ') || '&#10;'"/>
      </xsl:for-each-group></xsl:template>`);
    expect(await result(stylesheet)).toBe("a: 2\nb: 1, 3\n");
  });

  it("writes HTML, with text that only looks forbidden", async () => {
    const stylesheet = template(
      `<html xsl:expand-text="yes"><body title="doc(1) {count(//record)}"><xsl:value-of select="'doc(2)'"/> {{doc(3)}} é€
      <xsl:value-of select="f:transform((//id)[1])"/></body></html>`,
    ).replace(
      "<xsl:template",
      `<xsl:output method="html" indent="no"/><xsl:function name="f:transform"><xsl:param name="x"/><xsl:sequence select="'f' || $x"/></xsl:function><xsl:template`,
    );
    expect(await result(stylesheet)).toMatch(/<body title="doc\(1\) 3">doc\(2\) \{doc\(3\)\} é€\s+f1<\/body>/);
  });

  it.each([
    ["*", "", "<a>1</a><b/><c>x</c>"],
    ["a b", "", "\n<a>1</a><b/><c>x</c>"],
    ["*", '<xsl:preserve-space elements="b"/>', "<a>1</a><b> \n&#13;</b><c>x</c>"],
  ])("strips white space in %s %s, and copies the rest", async (elements, more, copied) => {
    const stylesheet = sheet(
      `${more}<xsl:strip-space elements="${elements}"/><xsl:output omit-xml-declaration="yes"/>
      <xsl:mode on-no-match="shallow-copy"/>`,
    );
    const document = "<r>\n<a>1</a><b> \n&#13;</b><c>x</c></r>";
    const copy = (await result(stylesheet, chunks(document))).replaceAll(/ xmlns:\w+="[^"]*"/g, "");
    expect(copy).toBe(`<r>${copied}</r>`);
  });

  it("takes XSLT 1.0, parameters with defaults, and keys", async () => {
    const stylesheet = sheet(`<xsl:output method="text"/><xsl:param name="p" select="'b'"/>
      <xsl:key name="k" match="record" use="kind"/>
      <xsl:template match="/"><xsl:value-of select="count(key('k', $p))"/></xsl:template>`).replace("3.0", "1.0");
    expect(await result(stylesheet)).toBe("2");
  });

  it("recurses as deep as a text is long", async () => {
    const stylesheet = sheet(`<xsl:output method="text"/>
      <xsl:template name="r"><xsl:param name="n"/><xsl:if test="$n > 0">x<xsl:call-template name="r">
      <xsl:with-param name="n" select="$n - 1"/></xsl:call-template></xsl:if></xsl:template>
      <xsl:template match="/"><xsl:call-template name="r"><xsl:with-param name="n" select="1000"/></xsl:call-template></xsl:template>`);
    expect((await result(stylesheet)).replaceAll(/\s/g, "")).toBe("x".repeat(1000));
  });
});
