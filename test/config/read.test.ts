// Reading waybill.yaml: what its values become, and what is said of wrong ones.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ObjectConfig } from "../../src/config/config.ts";
import { readConfig } from "../../src/config/read.ts";
import { example, file, read, refusalOf, SECRET, shown } from "./example.ts";

async function objectOf(text: string): Promise<ObjectConfig> {
  const indented = text.replaceAll("\n", "\n        ");
  const org = `orgs:\n  lab:\n    sources: { main: { url: "sqlite:a.db" }, s: { url: "dir:a" } }\n    objects:\n      it:\n        ${indented}\n`;
  return (await read(org)).orgs.get("lab")!.objects.get("it")!;
}

describe("the example", () => {
  test("becomes a Config", async () => {
    const { mail, orgs } = await read(example);
    const url = `smtp://exports:${SECRET}@mail.example.org:587`;
    expect(mail).toEqual({ url, from: "exports@example.org", operator: null });
    const told = await read(example.replace("from:", 'operator: "root@example.org", from:'));
    expect(told.mail?.operator).toBe("root@example.org");
    const { objects, sources, ...lab } = orgs.get("lab")!;
    expect(lab).toEqual({
      code: "lab",
      name: { en: "Wetland laboratory", fr: "Laboratoire des zones humides" },
      timeZone: "Europe/Paris",
      retention: "P7D",
      history: "P1Y",
      quota: 50e9,
      concurrency: 1,
      window: null,
      downloads: "owner",
      administrators: "all",
      purpose: "optional",
      approval: { rows: 100_000, objects: ["patients"] },
      scripts: { hosts: ["hooks.example.org", "http://intranet:8080"], privateHosts: ["intranet"] },
      oidc: null,
      namespaces: { object: "projects", parent: "group_id", name: "name", code: "slug" },
      salt: null,
      fonts: [],
      translations: {},
    });
    expect(sources.get("main")).toEqual({ url: `postgres://waybill:${SECRET}@db.example.org/lab`, isStore: false });
    expect(sources.get("store")).toEqual({ url: "dir:/srv/uploads", isStore: true });
    const { fields, references, lists, files, ...samples } = objects.get("samples")!;
    expect(samples).toEqual({
      source: "main",
      table: "samples",
      query: null,
      key: ["id"],
      label: { en: "Samples", fr: "Échantillons" },
      documentation: null,
      title: "name",
      created: null,
      updated: "updated_at",
      namespace: "project_id",
      state: "status",
      owner: null,
      complete: null,
      retention: null,
      policy: { $or: [{ owner_email: "$principal.email" }, { "$principal.role": "owner" }] },
      range: { field: "collected_on", max: "P1Y" },
      deleted: null,
    });
    expect([...fields.get("status")!.labels]).toEqual([
      ["1", { en: "Fresh", fr: "Frais" }],
      ["2", { en: "Frozen", fr: "Congelé" }],
    ]);
    const { keys } = fields.get("metadata")!;
    expect(keys.get("depth")).toMatchObject({ type: "integer", unit: "m", optional: false, labels: new Map() });
    expect(keys.get("operator")).toMatchObject({ type: "text", unit: null });
    expect(fields.get("owner_email")).toMatchObject({ optional: true, hidden: false, label: { en: "Owner" } });
    expect(fields.get("patient_no")!.deidentify).toEqual({ below: "owner", rule: { rule: "hash" } });
    expect(fields.get("site")!.was).toBe("location");
    expect(references.get("project")).toEqual({ object: "projects", by: ["project_id"], to: null });
    expect(lists.get("measures")).toEqual({ object: "measures", by: ["sample_id"], to: null });
    expect(lists.get("visits")).toMatchObject({ json: "visits", label: null });
    expect(files.get("attachments")).toEqual({
      object: "attachments",
      by: ["sample_id"],
      store: "store",
      path: "stored_path",
      column: null,
      name: "filename",
      size: null,
    });
    expect(objects.get("runs")).toMatchObject({ owner: "started_by", complete: ["completed"], fields: new Map() });
  });

  test("has places", async () => {
    const { place } = await read(example);
    const lines = example.split("\n");
    const at = (path: (string | number)[]) => {
      const { line, column } = place(["orgs", "lab", ...path]);
      return lines[line - 1]!.slice(column - 1);
    };
    expect(at(["objects", "samples", "key"])).toBe("id");
    expect(at(["objects", "samples"])).toBe("samples:");
    expect(at(["objects", "samples", "policy", "$or", 1])).toMatch(/^\{ "\$principal.role"/);
    expect(at(["objects", "samples", "fields", "status", "labels", "2", "fr"])).toMatch(/^Congelé/);
    expect(at(["objects", "samples", "fields", "nowhere", "label"])).toBe("fields:");
    expect(place(["nowhere"])).toEqual({ file, line: 1, column: 1 });
  });

  test("is read from a large file as from a small one", async () => {
    const small = await read(example);
    const large = await read(`${example}${"# a line that makes it longer\n".repeat(5000)}`);
    expect({ ...large, place: null }).toEqual({ ...small, place: null });
    expect(large.place(["orgs", "lab"])).toEqual(small.place(["orgs", "lab"]));
  });
});

describe("values", () => {
  test("defaults", async () => {
    expect((await read("orgs: { lab: {} }")).orgs.get("lab")).toEqual({
      code: "lab",
      name: null,
      timeZone: "UTC",
      retention: "P7D",
      history: "P1Y",
      quota: null,
      concurrency: 1,
      window: null,
      downloads: "owner",
      administrators: "all",
      purpose: "optional",
      approval: null,
      scripts: { hosts: [], privateHosts: [] },
      oidc: null,
      namespaces: "api",
      salt: null,
      fonts: [],
      translations: {},
      sources: new Map(),
      objects: new Map(),
    });
  });

  test("what an org wants besides", async () => {
    const org = async (more: string) => (await read(`orgs: { lab: { ${more} } }`)).orgs.get("lab")!;
    expect(await org("approval: { objects: patients }")).toMatchObject({
      approval: { rows: null, objects: ["patients"] },
    });
    expect(await org("approval: { rows: 5 }")).toMatchObject({ approval: { rows: 5, objects: [] } });
    expect(await org("approval: null, scripts:")).toMatchObject({
      approval: null,
      scripts: { hosts: [], privateHosts: [] },
    });
    const hosts = `hosts: ["*.example.org", "https://a:8443"], privateHosts: ["10.0.0.5", "::1", "a.b"]`;
    expect((await org(`scripts: { ${hosts} }`)).scripts).toEqual({
      hosts: ["*.example.org", "https://a:8443"],
      privateHosts: ["10.0.0.5", "::1", "a.b"],
    });
    const { mail } = await read("mail: { url: 'smtp://h', from: a@b.org, operator: ops@b.org }\norgs: { lab: {} }");
    expect(mail?.operator).toBe("ops@b.org");
  });

  test("single sign-on", async () => {
    const client = "clientId: waybill, clientSecret: '${file:secret}', domains: [example.org]";
    await writeFile(join(dirname(file), "secret"), SECRET);
    const oidc = (more: string) => `orgs: { lab: { signIn: { oidc: { ${more} } } } }`;
    const { orgs } = await read(oidc(`issuer: 'https://login.example.org/lab', ${client}`));
    expect(orgs.get("lab")!.oidc).toEqual({
      issuer: "https://login.example.org/lab",
      clientId: "waybill",
      clientSecret: SECRET,
      name: "login.example.org",
      domains: ["example.org"],
    });
    for (const [wrong, expected] of [
      [`issuer: 'http://login.example.org', ${client}`, /expected an https:\/\/ URL/],
      [`issuer: 'https://x', ${client.replace("[example.org]", "[]")}`, /expected a list of domains/],
      [`issuer: 'https://x', ${client.replace("[example.org]", "['*']")}`, /expected a domain of mail addresses/],
      [`issuer: 'https://x', ${client.replace(", domains: [example.org]", "")}`, /"?domains"? is missing/],
      [
        `issuer: 'https://x', ${client.replace("clientSecret: '${file:secret}'", "clientSecret: [s3cret]")}`,
        /secret text/,
      ],
    ] as const) {
      const error = await refusalOf(oidc(wrong));
      expect(error.message).toMatch(expected);
      expect(shown(error)).not.toContain(SECRET);
    }
  });

  test("translations by name, and a salt that is long enough", async () => {
    const org = (more: string): string => `orgs: { lab: { ${more} } }`;
    const salt = "s".repeat(32);
    const { translations, salt: kept } = (
      await read(org(`salt: ${salt}, translations: { status: { 1: fresh, true: 2, 1.50: half } }`))
    ).orgs.get("lab")!;
    expect(kept).toBe(salt);
    expect(translations).toEqual({ status: { 1: "fresh", true: "2", "1.50": "half" } });
    const refusal = await refusalOf(org(`salt: ${"x".repeat(31)}`));
    expect(shown(refusal)).toMatch(/32 characters or more/);
    expect(shown(refusal)).not.toMatch(/xxxx/);
  });

  test.each<[string, number | null]>([
    ["50GB", 50e9],
    ["500 MB", 500e6],
    ["1.5 TiB", 1.5 * 1024 ** 4],
    ["2kB", 2000],
    ["12 B", 12],
    ["4096", 4096],
    ["null", null],
  ])("quota %s", async (size, bytes) => {
    expect((await read(`orgs: { lab: { quota: ${size} } }`)).orgs.get("lab")!.quota).toBe(bytes);
  });

  test("short forms", async () => {
    const it = await objectOf(
      [
        "key: [a, b]",
        "complete: [done, 007, 1.50, true]",
        "references: { p: false, q: { object: o, by: [a, b], to: [c, d] } }",
        "lists: { r: false, s: { json: m.s, fields: { depth: { type: integer, label: { en: D } }, x: date }, label: S } }",
        "files: { f: { object: o, by: a, column: bytes } }",
        "range: { field: day }",
        "fields:",
        "  a: { deidentify: { rule: truncate, length: 4 }, labels: { 01: A, true: { en: T }, null: N, 1.0: F } }",
        "  b: { deidentify: { below: owner, rule: { rule: shift, days: 180, subject: a } } }",
        "  c: { deidentify: { below: analyst, rule: shift, days: 180, subject: a } }",
        "  d: { deidentify: drop }",
        "  e:",
      ].join("\n"),
    );
    expect(it.key).toEqual(["a", "b"]);
    expect(it.complete).toEqual(["done", "007", "1.50", "true"]);
    expect(it.references.get("p")).toBe(false);
    expect(it.references.get("q")).toEqual({ object: "o", by: ["a", "b"], to: ["c", "d"] });
    expect(it.lists.get("r")).toBe(false);
    const list = it.lists.get("s");
    expect(list).toMatchObject({ json: "m.s", label: "S" });
    expect(list !== false && list !== undefined && "keys" in list && [...list.keys.keys()]).toEqual(["depth", "x"]);
    expect(it.files.get("f")).toMatchObject({ column: "bytes", store: null, path: null });
    expect(it.range).toEqual({ field: "day", max: "P1Y" });
    const rule = (name: string) => it.fields.get(name)!.deidentify;
    expect(rule("a")).toEqual({ below: null, rule: { rule: "truncate", length: 4 } });
    expect(rule("b")).toEqual({ below: "owner", rule: { rule: "shift", days: 180, subject: "a" } });
    expect(rule("c")).toEqual({ below: "analyst", rule: { rule: "shift", days: 180, subject: "a" } });
    expect(rule("d")).toEqual({ below: null, rule: { rule: "drop" } });
    expect(rule("e")).toBe(null);
    expect([...it.fields.get("a")!.labels.keys()]).toEqual(["01", "true", "null", "1.0"]);
  });

  test("a policy keeps its numbers, and objects their dollars", async () => {
    const it = await objectOf('policy: { a: { $gt: 1.50 }, b: 1e3, c: "${X}" }\nquery: "select $${a} from t"');
    expect(it.policy).toEqual({ a: { $gt: 1.5 }, b: 1000, c: "${X}" });
    expect(it.query).toBe("select $${a} from t");
  });

  test("aliases stand for whole values", async () => {
    const it = await objectOf("label: &l { en: A }\nfields: { a: { label: *l }, b: { label: *l } }");
    expect(it.fields.get("b")!.label).toEqual({ en: "A" });
  });

  test("paths are relative to the configuration", async () => {
    const { orgs } = await read(
      "orgs: { lab: { sources: { a: { url: sqlite:x/a.db }, b: { url: 'dir:///srv' }, c: { url: 'sqlite::memory:' } } } }",
    );
    const urls = [...orgs.get("lab")!.sources.values()].map(({ url }) => url);
    expect(urls).toEqual([`sqlite:${join(dirname(file), "x/a.db")}`, "dir:/srv", "sqlite::memory:"]);
  });
});

describe("secrets", () => {
  const url = (text: string) => `orgs:\n  lab:\n    sources:\n      main: { url: "${text}" }\n`;
  const urlOf = async (text: string, env: Record<string, string> = {}) => {
    return (await read(url(text), env)).orgs.get("lab")!.sources.get("main")!.url;
  };

  test("come from the environment and from files, and are not looked through again", async () => {
    await writeFile(join(dirname(file), "password"), "p${X}w\r\n");
    expect(await urlOf("postgres://a:${P}@h/d", { P: "x" })).toBe("postgres://a:x@h/d");
    expect(await urlOf("postgres://a:${file:password}@h/d")).toBe("postgres://a:p${X}w@h/d");
    expect(await urlOf("postgres://a:$${P}@h/d")).toBe("postgres://a:${P}@h/d");
    expect((await read("orgs: { lab: { concurrency: '${N}' } }", { N: "3" })).orgs.get("lab")!.concurrency).toBe(3);
  });

  test.each<[string, string, string]>([
    ["postgres://${NOPE}", "4:32", "the environment variable NOPE is not set"],
    ["postgres://${toString}", "4:32", "the environment variable toString is not set"],
    ["${A:-b}", "4:21", "neither ${NAME} nor ${file:/path}"],
    ["${A", "4:21", "neither ${NAME} nor ${file:/path}"],
    ["${file:}", "4:21", "neither ${NAME} nor ${file:/path}"],
    ["${file:none}", "4:21", 'the secret file "none" does not exist'],
    ["${file:folder}", "4:21", 'the secret file "folder" is no regular file'],
    ["${file:large}", "4:21", 'the secret file "large" is larger than 64 KiB'],
    ["${file:binary}", "4:21", 'the secret file "binary" is not text in UTF-8'],
    ["${file:folder\\0}", "4:20", "cannot be read"],
  ])("%s", async (text, place, message) => {
    const folder = dirname(file);
    await mkdir(join(folder, "folder"), { recursive: true });
    await writeFile(join(folder, "large"), SECRET.repeat(20_000));
    await writeFile(join(folder, "binary"), Buffer.concat([Buffer.from(SECRET), Buffer.of(0xff)]));
    const error = await refusalOf(url(text), {});
    expect(error.message).toMatch(`${file}:${place}: `);
    expect(error.message).toContain(message);
    expect(error.hint).toBeDefined();
    expect(error.places.length).toBe(1);
    expect(shown(error)).not.toContain(SECRET);
  });

  test.each([
    url(`postgres://u:${SECRET}@[h/d`),
    url(`ftp://u:${SECRET}@h`),
    url("${BAD}"),
    url(`*${SECRET}`).replaceAll('"', ""),
    url(`!${SECRET}`).replaceAll('"', ""),
    url(`@${SECRET}`).replaceAll('"', ""),
    url(`${SECRET}: ${SECRET}`).replaceAll('"', ""),
    url(`\\q${SECRET}`),
    `mail: { url: "smtp://a:${SECRET}@", from: ${SECRET} }\norgs: { lab: {} }`,
    `mail: smtp://a:${SECRET}@h\norgs: { lab: {} }`,
    `orgs: { lab: { sources: "postgres://u:${SECRET}@h", window: "postgres://u:${SECRET}@h", name: ["${SECRET}"] } }`,
    `orgs: { lab: { sources: { "postgres://u:${SECRET}@h" } } }`,
    `orgs: { lab: { quota: "\${BAD}", timeZone: "\${BAD}", downloads: "\${BAD}" } }`,
  ])("are not in an error: %s", async (text) => {
    const error = await refusalOf(text, { BAD: `ftp://${SECRET}` });
    expect(shown(error)).not.toContain(SECRET);
    expect(error.message).toMatch(/:\d+:\d+: /);
  });
});

describe("a wrong file", () => {
  test.each<[string, string, string, string | undefined]>([
    ["", "1:1", "the configuration is empty.", "Write orgs: first."],
    ["# only\n", "1:1", "the configuration is empty.", "Write orgs: first."],
    ["a\n", "1:1", "expected a mapping with orgs, found other text.", undefined],
    ["- a\n", "1:1", "expected a mapping with orgs, found a list.", undefined],
    ["orgs: {}\n", "1:7", "orgs: expected at least one org, found none.", undefined],
    ["orgs:\n\tlab: {}\n", "2:1", "a tab is used for indentation.", "Indent with spaces."],
    [
      "orgs: { lab: {} }\n---\na: 1\n",
      "2:1",
      "a second document begins here.",
      "One file is one configuration: take the --- away.",
    ],
    ["orgs: { lab: {}, lab: {} }\n", "1:18", 'the key "lab" comes a second time.', "Keep one of the two."],
    ["orgs: { 1: {}, '1': {} }\n", "1:16", 'the key "1" comes a second time.', "Keep one of the two."],
    ["orgs: &a { lab: *a }\n", "1:17", "an alias stands for what it is in.", undefined],
    [
      "orgs: { lab: *a }\n",
      "1:14",
      "an alias (*) has no anchor (&) of its name before it.",
      "A value that begins with * goes in quotes.",
    ],
    ["orgs: { ? [a] : b }\n", "1:11", "a key is not text.", "Keys are names; lists go after a colon."],
    ["orgs: { <<: b }\n", "1:9", "<< is not read.", "Use an alias for the whole value."],
    ["orgs: { __proto__: b }\n", "1:9", "__proto__ cannot be a name.", undefined],
    ["a: b: c\n", "1:4", "a second key on one line.", "A value that holds a colon and a space goes in quotes."],
    [
      "orgs: { Api: {} }\n",
      "1:9",
      'orgs: expected a short name of letters, digits, - and _ that is not taken by Waybill itself, found "Api".',
      undefined,
    ],
    [
      "orgs: { sign-in: {} }\n",
      "1:9",
      'orgs: expected a short name of letters, digits, - and _ that is not taken by Waybill itself, found "sign-in".',
      undefined,
    ],
    [`orgs: ${"[".repeat(70)}${"]".repeat(70)}\n`, "1:71", "the nesting is too deep.", undefined],
  ])("%#", async (text, place, message, hint) => {
    const error = await refusalOf(text);
    expect(error.message).toBe(`${file}:${place}: ${message}`);
    expect([error.code, error.kind, error.hint]).toEqual(["config", "usage", hint]);
  });

  test.each([
    ["in brackets", `orgs: ${"[".repeat(60_000)}`],
    ["by indentation", Array.from({ length: 3000 }, (_, n) => `${" ".repeat(n)}a:\n`).join("")],
  ])("nesting without end is refused: %s", async (_, text) => {
    expect((await refusalOf(text)).message).toMatch(/:\d+:\d+: the nesting is too deep\.$/);
  });

  test("billion laughs are refused in little time", async () => {
    const levels = Array.from({ length: 30 }, (_, n) => {
      return `a${n}: &a${n} [${
        n === 0
          ? "x"
          : Array(9)
              .fill(`*a${n - 1}`)
              .join(", ")
      }]`;
    });
    const start = performance.now();
    expect((await refusalOf(levels.join("\n"))).message).toContain("aliases stand for more than 50000 values.");
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test("a byte order mark is no mistake, UTF-16 and other encodings are", async () => {
    expect((await read(`\ufeff${example}`)).orgs.size).toBe(1);
    expect((await refusalOf(Buffer.from(`\ufeff${example}`, "utf16le"))).message).toContain("is not text in UTF-8");
    expect((await refusalOf(Buffer.from("a: é", "latin1"))).message).toContain("is not text in UTF-8");
  });

  test("a file that is not there, or no file", async () => {
    await expect(readConfig(join(dirname(file), "none.yaml"), {})).rejects.toThrow("does not exist");
    await expect(readConfig(dirname(file), {})).rejects.toThrow("is a folder");
    await expect(readConfig(join(file, "below.yaml"), {})).rejects.toThrow("cannot be read");
    await expect(read(Buffer.alloc(17 * 1024 * 1024, "#"))).rejects.toThrow("is larger than 16 MiB");
  });

  /** A place in the example, what stands there instead, where the error is, what it says, and its hint. */
  test.each<[string, string, string, string, string?]>([
    ["Europe/Paris", "Europe/Pariss", "", "lab.timeZone: expected a time zone of the IANA database, as Europe/Paris"],
    ["Europe/Paris", "+02:00", "", "lab.timeZone: expected a time zone"],
    ["P7D", "7 days", "", 'lab.retention: expected an ISO 8601 duration, as P7D, P1Y or PT12H, found "7 days".'],
    ["P7D", "P0D", "", 'found "P0D".'],
    ["50GB", "50 GBit", "", "lab.quota: expected a size, as 50GB, 500 MB or a number of bytes"],
    ["concurrency: 1", "concurrency: 0", "0", "expected a whole number from 1 to 100, found the number 0."],
    ["null", "0 25 * * *", "", 'lab.window: expected a cron expression, as 0 4 * * *, found "0 25 * * *".'],
    ["null", "0 0 30 2 *", "", "lab.window: expected a cron expression"],
    ["downloads: owner", "downloads: owners", "owners", "expected owner or administrators", "Did you mean owner?"],
    ["administrators: all", "administrators: al", "al\n", "expected all or members", "Did you mean all?"],
    ["purpose: optional", "purpose: true", "true", "lab.purpose: expected required or optional"],
    ["rows: 100000, objects: [patients]", "", "{", "lab.approval: expected rows, objects or both"],
    ["rows: 100000", "rows: many", "many", "expected a whole number from 1 up"],
    [
      "hooks.example.org",
      '"*.org"',
      "",
      "expected a host, as api.example.org, *.example.org or http://intranet:8080, found ",
    ],
    ["hooks.example.org", "https://a/b", "", "lab.scripts.hosts.0: expected a host"],
    [
      "privateHosts: [intranet]",
      'privateHosts: ["http://a"]',
      '"http://a"',
      "privateHosts.0: expected a name or an address",
    ],
    ["from: ", "operator: nobody, from: ", "nobody", "mail.operator: expected a mail address"],
    ["source: main", "source: mian", "mian", '"mian" is no source.', "Did you mean main?"],
    ["source: main", "source: store", "store\n", '"store" is a store of files, it has no tables.', "There is main."],
    [
      "table: samples",
      "tabel: samples",
      "tabel: samples",
      'unknown key "tabel" in lab.objects.samples.',
      "Did you mean label, table?",
    ],
    [
      "table: samples",
      "query: select 1\n        table: samples",
      "select 1",
      "expected a table or a query, found both.",
    ],
    ["key: id", "key: [id, id]", "[id, id]", "expected a list of names without doubles"],
    ["key: id", "key:", "key:", "expected the name of a field or a list of names, found nothing."],
    ["key: id", "key: 1", "1\n", "expected the name of a field or a list of names, found the number 1."],
    ["en: Samples", "english: Samples", "english", 'expected a language tag, as en or pt-BR, found "english".'],
    ["fr: Échantillons", "fr: 3", "3 }", "lab.objects.samples.label.fr: expected text, found the number 3."],
    ["text }", "txet }", "txet }", "expected a type (text, integer,", "Did you mean text?"],
    ["unit: m }", "untit: m }", "untit", 'unknown key "untit"', "Did you mean unit?"],
    ["type: integer, ", "", "{ unit: m", "depth: type is missing, expected text, integer,"],
    ["rule: hash", "rule: truncate", "{ below", "deidentify: length is missing, expected a whole number from 1 up."],
    ["rule: hash", "rule: hsah", "hsah", "expected hash, drop, year, truncate (with length)", "Did you mean hash?"],
    ["below: owner", "below: ownr", "ownr", "below: expected analyst, maintainer or owner", "Did you mean owner?"],
    [
      "rule: hash",
      "rule: shift, days: 3, subject: patient_no",
      "{ below",
      "its subject is the field itself.",
      "Name the field with the subject's key.",
    ],
    ["optional: true", "optional: yes", "yes,", 'optional: expected true or false, found "yes".'],
    [
      "by: project_id",
      "bye: project_id",
      "bye",
      'unknown key "bye" in lab.objects.samples.references.project.',
      "Did you mean by?",
    ],
    ["by: project_id", "by: project_id, to: [a, b]", "[a, b]", "expected as many names as in by (1), found 2."],
    [
      "json: visits",
      "jsno: visits",
      "jsno",
      'unknown key "jsno" in lab.objects.samples.lists.visits.',
      "Did you mean json?",
    ],
    ["store: store,", "store: main,", "main,", '"main" is no store of files.', "There is store."],
    [
      "store: store,",
      "",
      "{ object: attachments",
      "it does not say where the bytes are.",
      "Write store and path, or column.",
    ],
    ["store: store,", "column: b,", "stored_path", "the bytes come from column or from store and path, not from both."],
    [
      "$principal.email",
      "$principal.mail",
      '"$principal.mail"',
      "expected $principal.email, .id, .role or .attributes.<name>",
    ],
    ["$principal.role", "$Principal.role", '"owner"', "expected $principal.email"],
    ["max: P1Y", "max: 1 year", "1 year", "lab.objects.samples.range.max: expected an ISO 8601 duration"],
    [
      "state: completed",
      "status: completed",
      "status: completed",
      'unknown key "status" in lab.objects.runs.complete.',
      "Did you mean state?",
    ],
    ["was: location", "was: site", "site }", "a field cannot have been itself.", "Take the line away."],
    [
      "site: {",
      "area: { was: location }\n          site: {",
      "location }\n        ref",
      '"area" says the same former name.',
    ],
    ["        source: main\n        owner", "        owner", "runs:", ""],
  ])("%s → %s", async (from, to, at, message, hint) => {
    const text = example.replace(from, () => to);
    expect(text).not.toBe(example);
    if (message === "") {
      expect((await read(text)).orgs.get("lab")!.objects.get("runs")!.source).toBe(null);
      return;
    }
    const error = await refusalOf(text);
    const [, line, column] = /:(\d+):(\d+): /.exec(error.message)!;
    const rest = text
      .split("\n")
      .slice(Number(line) - 1)
      .join("\n")
      .slice(Number(column) - 1);
    const expected = at === "" ? to : at.replace('"owner"', "owner");
    expect(rest.slice(0, expected.length)).toBe(expected);
    expect(error.message).toContain(message);
    expect(error.hint).toBe(hint);
    expect(error.places).toHaveLength(1);
  });

  test("a source must be said where there are several, and be there", async () => {
    const two = "sources: { a: { url: sqlite:a }, b: { url: sqlite:b } }";
    expect((await refusalOf(`orgs: { lab: { ${two}, objects: { o: {} } } }`)).message).toContain(
      "does not say its source",
    );
    expect((await refusalOf("orgs: { lab: { objects: { o: {} } } }")).message).toContain("no source with tables");
    expect(
      (
        await refusalOf(
          "orgs: { lab: { sources: { a: { url: sqlite:a } }, objects: { o: { files: { f: { object: p, by: q, store: s, path: t } } } } } }",
        )
      ).hint,
    ).toContain("Add one under sources");
  });

  test("all problems are told, the first twenty of them by line", async () => {
    const text = `orgs:\n  lab:\n${Array.from({ length: 30 }, (_, n) => `    wrong${n}: 1\n`).join("")}    retention: no\n`;
    const { message, places } = await refusalOf(text);
    expect(message).toMatch(`${file}:3:5: unknown key "wrong0" in lab.`);
    expect(places).toHaveLength(21);
    expect(places[1]).toEqual({
      pointer: "/orgs/lab/wrong1",
      detail: expect.stringMatching(/:4:5: .*There are name, /) as string,
      words: null,
    });
    expect(places[20]!.detail).toBe("There are 11 problems more.");
  });
});
