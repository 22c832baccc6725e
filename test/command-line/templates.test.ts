// Templates on the command line: what is refused, before anything is opened, and how files are called.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { unpacked } from "../archives/archive.ts";
import { pseudonym } from "../setup/pseudonyms.ts";
import { emptyFolder, type Ended, expectFailure, filesIn, waybill } from "./program.ts";

const SALT = "a salt of thirty-two characters or more";

const CONFIG = `orgs:
  lab:
    timeZone: Europe/Paris
    salt: ${SALT}
    translations: { status: { paid: settled } }
    sources: { main: { url: "sqlite:shop.db" }, more: { url: "sqlite:more.db" } }
    objects:
      customers: { source: main, key: id }
      orders: { source: main, key: id, references: { customer: { object: customers, by: customer_id } } }
      lines: { source: main, references: { order: { object: orders, by: order_id } } }
      places: { source: more, key: id }
`;

/** A folder with databases, a configuration over them, and a template. */
function shop(template: unknown, config: string | null = CONFIG): string {
  const folder = emptyFolder();
  using database = new DatabaseSync(join(folder, "shop.db"));
  database.exec(`
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
    INSERT INTO customers VALUES (1, 'Ada'), (2, 'Grace');
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, status TEXT, placed DATE, total DECIMAL TEXT);
    INSERT INTO orders VALUES (1, 1, 'paid', '2024-05-01', '12.50'), (2, 2, 'open', '2024-12-31', NULL);
    CREATE TABLE lines (id INTEGER PRIMARY KEY, order_id INTEGER, what TEXT);
    INSERT INTO lines VALUES (1, 1, 'a'), (2, 2, 'b')`);
  using more = new DatabaseSync(join(folder, "more.db"));
  more.exec("CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO places VALUES (7, 'Bog')");
  if (config !== null) writeFileSync(join(folder, "waybill.yaml"), config);
  writeFileSync(join(folder, "t.json"), typeof template === "string" ? template : JSON.stringify(template));
  return folder;
}

const orders = (more: object = {}): object => ({
  kind: "dataset-template",
  name: "Orders",
  object: "orders",
  format: "csv",
  columns: [{ field: "id" }, { field: "status", name: "State", translate: "status" }],
  ...more,
});
const bundle = (datasets: readonly object[], more: object = {}): object => ({
  kind: "export-template",
  name: "Weekly",
  datasets: datasets.map((it) => ({ ...it, kind: undefined })),
  ...more,
});
const NOTE = { name: "Licence", format: "text", columns: [{ value: "CC0\n" }] };
const out = ({ code, stdout, stderr }: Ended): string => {
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.toString();
};
const withColumns = (...columns: readonly unknown[]): object => orders({ columns });
const exportBy = (folder: string, ...options: readonly string[]): Promise<Ended> =>
  waybill(["export", "-q", "--template", "t.json", ...options], folder);

describe("a template", () => {
  test("decides columns, rules and format; records can be chosen", async () => {
    const folder = shop(orders({ where: { id: { $lt: 10 } } }));
    expect(out(await exportBy(folder))).toBe("id,State\n1,settled\n2,open\n");
    expect(out(await exportBy(folder, "--where", '{"id":2}'))).toBe("id,State\n2,open\n");
    expect(out(await exportBy(folder, "--limit", "1"))).toBe("id,State\n1,settled\n");
    expect(out(await waybill(["export", "orders", "-q", "-t", "t.json"], folder))).toBe(
      "id,State\n1,settled\n2,open\n",
    );
  });

  test("needs no configuration, but the salt for pseudonyms", async () => {
    const folder = shop(withColumns({ field: "id", deidentify: "hash" }), null);
    const asked = ["--source", "sqlite:shop.db", "--where", '{"id":1}'];
    const before = process.env["WAYBILL_SALT"];
    try {
      delete process.env["WAYBILL_SALT"];
      expectFailure(await exportBy(folder, ...asked), 2, /need the organisation's salt/);
      process.env["WAYBILL_SALT"] = "short";
      expectFailure(await exportBy(folder, ...asked), 2, /WAYBILL_SALT is too short/);
      process.env["WAYBILL_SALT"] = SALT;
      expect(out(await exportBy(folder, ...asked))).toBe(`id (deidentified)\n${pseudonym("1", "", SALT)}\n`);
    } finally {
      if (before === undefined) delete process.env["WAYBILL_SALT"];
      else process.env["WAYBILL_SALT"] = before;
    }
  });

  test.each<[string, unknown, readonly string[], RegExp]>([
    ["no JSON", "{", [], /t\.json/],
    ["no object", "[]", [], /A template is a JSON object/],
    ["no kind", {}, [], /The template has no kind\.[^]*dataset-template/],
    ["a wrong kind", { kind: "dataset-templat" }, [], /no such kind[^]*Did you mean dataset-template/],
    ["an unknown key", orders({ colums: [] }), [], /colums[^]*Did you mean columns/],
    ["an unknown key of a column", withColumns({ field: "id", defualt: 1 }), [], /defualt[^]*Did you mean default/],
    ["an unknown field", withColumns({ field: "statuss" }), [], /no field "statuss"[^]*Did you mean status/],
    ["an unknown object type", orders({ object: "order" }), [], /no object type "order"[^]*Did you mean orders/],
    ["an unknown format", orders({ format: "cvs" }), [], /no format "cvs"[^]*Did you mean csv/],
    ["an unknown translation", withColumns({ field: "id", translate: "stats" }), [], /"stats"[^]*Did you mean status/],
    ["an unknown list", orders({ lists: [{ list: "line", columns: [{ field: "id" }] }] }), [], /no list "line"/],
    ["an unknown token", orders({ fileName: "x-{dat}" }), [], /unknown tag \{dat\}[^]*Did you mean date/],
    ["an open brace", orders({ fileName: "x-{date" }), [], /opens a brace at character 3 and never closes it/],
    ["an unknown option", orders({ options: { delimeter: ";" } }), [], /delimeter[^]*delimiter/],
    ["an option's value", orders({ options: { header: "maybe" } }), [], /header/],
    ["an unknown rule", withColumns({ field: "id", deidentify: "hsh" }), [], /hash, drop, year, truncate/],
    ["a rule without its length", withColumns({ field: "id", deidentify: { rule: "truncate" } }), [], /length/],
    [
      "a year of a number",
      withColumns({ field: "id", deidentify: "year" }),
      [],
      /year is for dates, but "id" of orders is integer/,
    ],
    [
      "an unknown subject",
      withColumns({ field: "placed", deidentify: { rule: "shift", days: 3, subject: "nobody" } }),
      [],
      /no field "nobody"/,
    ],
    [
      "a date format on a number",
      withColumns({ field: "id", date: "dd/MM" }),
      [],
      /column "id" has a date format, which does not suit a field that is integer/,
    ],
    ["hours of a date", withColumns({ field: "placed", date: "dd HH" }), [], /shows a time of day/],
    ["a wrong date format", withColumns({ field: "placed", date: "dd/QQQQQQQQ" }), [], /QQQ/],
    [
      "two columns of one name",
      withColumns({ field: "id" }, { field: "status", name: "id" }),
      [],
      /Two columns are called "id"/,
    ],
    ["a reference as a column", withColumns({ field: "customer" }), [], /"customer" is a reference.*one field/],
    ["a draft", withColumns(), [], /"Orders" has no columns yet/],
    [
      "a text with two columns",
      { ...NOTE, kind: "dataset-template", columns: [{ value: "a" }, { value: "b", name: "c" }] },
      [],
      /one column with a fixed value/,
    ],
    [
      "a text of an object type",
      { ...NOTE, kind: "dataset-template", object: "orders" },
      [],
      /so it has no object type/,
    ],
    ["no object type", orders({ object: undefined }), [], /names no object type/],
    ["the newest by nothing", orders({ last: { by: [], order: "id" } }), [], /field or fields/],
    ["an unknown field of last", orders({ last: { by: "customer_id", order: "when" } }), [], /no field "when"/],
    ["paths", orders(), ["--paths", "id"], /--paths is decided by the template/],
    ["a format", orders(), ["--format", "xlsx"], /--format is decided by the template/],
    ["an order", orders(), ["--order", "id"], /--order is decided by the template/],
    ["options", orders(), ["--option", "bom=true"], /--option is decided by the template/],
    ["groups", orders(), ["--aggregate", "{}"], /--aggregate is decided by the template/],
    ["another suffix", orders(), ["-o", "out.xlsx"], /template is for csv, but "out.xlsx" is a name for xlsx/],
    ["a zip under another name", bundle([orders(), NOTE]), ["-o", "out.csv"], /makes a zip, but "out.csv"/],
    ["another object type", orders(), ["customers"], /about orders, not about customers/],
    ["a wrong limit", orders(), ["--limit", "-1"], /limit/i],
    [
      "a limit with linked datasets",
      bundle([orders(), orders({ name: "C", object: "customers", columns: [{ field: "id" }] })]),
      ["--limit", "1"],
      /limit on orders does not say which records of customers/,
    ],
    [
      "what is not linked",
      bundle([orders(), orders({ name: "P", object: "places", columns: [{ field: "id" }] })]),
      ["--where", '{"id":1}'],
      /places, which is not linked with orders/,
    ],
    ["records of a text", bundle([NOTE]), ["--where", '{"id":1}'], /reads no records/],
    ["a wrong where", orders({ where: { statu: 1 } }), [], /no field "statu"/],
    ["an export template without datasets", bundle([]), [], /at least one dataset/],
    [
      "a mistake in the second dataset",
      bundle([orders(), orders({ columns: [{ field: "nope" }] })]),
      [],
      /no field "nope"/,
    ],
  ])(
    "is refused with %s, in words that help",
    async (_, template, options, message) => {
      const folder = shop(template);
      const named = options[0]?.startsWith("-") === false ? options : [];
      const ended = await waybill(["export", ...named, "-t", "t.json", ...(named.length > 0 ? [] : options)], folder);
      expectFailure(ended, 2, message);
      expect(ended.stdout.length).toBe(0);
      expect(filesIn(folder).filter((it) => it.startsWith("out"))).toEqual([]);
    },
    60_000,
  );

  test("is not there", async () => {
    expectFailure(await waybill(["export", "-t", "nowhere.json"], shop({})), 2, /"nowhere.json" cannot be read/);
  });

  test("names the place of a mistake", async () => {
    const { stderr } = await exportBy(
      shop(bundle([orders(), orders({ columns: [{ field: "id" }, { field: "nope" }] })])),
    );
    expect(stderr).toContain("/datasets/1/columns/1/field");
  });
});

describe("files", () => {
  test("have the names of the template, in a zip beside what describes them", async () => {
    const folder = shop(
      bundle(
        [
          orders(),
          orders({ fileName: "{object}-{name}.csv" }),
          { ...orders(), object: "places", columns: [{ field: "name" }] },
          NOTE,
        ],
        {
          version: "2 (final)",
          description: "For Monday",
          fileName: "{name}-{version}-{org}-{batch}",
        },
      ),
    );
    mkdirSync(join(folder, "there"));
    expect(out(await exportBy(folder, "-o", "there"))).toBe("");
    expect(filesIn(join(folder, "there"))).toEqual(["Weekly-2 (final)-lab.zip"]);
    const files = await unpacked(readFileSync(join(folder, "there", "Weekly-2 (final)-lab.zip")));
    expect([...files.keys()]).toEqual([
      "orders.csv",
      "orders-Weekly.csv",
      "places.csv",
      "Licence.txt",
      "README.txt",
      "datapackage.json",
    ]);
    expect(files.get("Licence.txt")!.toString()).toBe("CC0\n");
    expect(files.get("places.csv")!.toString()).toBe("name\nBog\n");
    const about = JSON.parse(files.get("datapackage.json")!.toString()) as {
      title: string;
      provenance: { template: unknown; snapshots: object };
    };
    expect(about.title).toBe("Weekly");
    expect(about.provenance.template).toEqual({ name: "Weekly", description: "For Monday", version: "2 (final)" });
    expect(Object.keys(about.provenance.snapshots)).toEqual(["main", "more"]);
  });

  test("whose names collide get others", async () => {
    const folder = shop(bundle([orders(), orders(), orders({ fileName: "ORDERS.csv" })]));
    expect(out(await exportBy(folder, "-o", "it.zip"))).toBe("");
    const names = [...(await unpacked(readFileSync(join(folder, "it.zip")))).keys()];
    expect(new Set(names.map((it) => it.toLowerCase())).size).toBe(5);
  });

  test("go into a folder under the template's name, as they are or compressed", async () => {
    const folder = shop(orders({ fileName: "all {object}" }));
    mkdirSync(join(folder, "there"));
    for (const more of [[], ["--container", "gzip"], ["--container", "zip"]])
      out(await exportBy(folder, "-o", "there", ...more));
    expect(filesIn(join(folder, "there"))).toEqual(["Orders.zip", "all orders.csv", "all orders.csv.gz"]);
    const text = shop(bundle([NOTE], { compressed: false }));
    mkdirSync(join(text, "there"));
    out(await exportBy(text, "-o", "there"));
    expect(filesIn(join(text, "there"))).toEqual(["Licence.txt"]);
    expect(out(await exportBy(text))).toBe("CC0\n");
  });

  test("appear only where no mandatory value is missing", async () => {
    const folder = shop(withColumns({ field: "id" }, { field: "total", mandatory: true }));
    const ended = await exportBy(folder, "-o", "out.csv");
    expectFailure(
      ended,
      1,
      /Values are missing in the mandatory column total\.[^]*total \(orders\): 1 record without a value: 2/,
    );
    expect(filesIn(folder).filter((it) => it.startsWith("out"))).toEqual([]);
  });

  test("carry a choice over to what is linked", async () => {
    const linked = orders({ name: "L", object: "lines", columns: [{ field: "what" }] });
    const folder = shop(
      bundle([orders(), linked, orders({ name: "C", object: "customers", columns: [{ field: "name" }] })]),
    );
    out(await exportBy(folder, "-o", "it.zip", "--where", '{"status":"open"}'));
    const files = await unpacked(readFileSync(join(folder, "it.zip")));
    expect(files.get("lines.csv")!.toString()).toBe("what\nb\n");
    expect(files.get("customers.csv")!.toString()).toBe("name\nGrace\n");
  });
});

describe("stable columns", () => {
  const template = (more: object = {}): object =>
    orders({
      columns: [
        { field: "id" },
        { field: "status", name: "State" },
        { field: "placed", name: "On", type: "date", ...more },
        { field: "total", name: "Sum" },
      ],
    });
  const now = (folder: string, sql: string, fields = ""): void => {
    using database = new DatabaseSync(join(folder, "shop.db"));
    database.exec(sql);
    if (fields !== "")
      writeFileSync(
        join(folder, "waybill.yaml"),
        CONFIG.replace("orders: { source: main,", `orders: { source: main, fields: ${fields},`),
      );
  };
  const notesOf = async (folder: string): Promise<{ csv: string; notes: unknown; readme: string }> => {
    out(await exportBy(folder, "-o", "it.zip", "--container", "zip"));
    const files = await unpacked(readFileSync(join(folder, "it.zip")));
    const { columnNotes } = JSON.parse(files.get("datapackage.json")!.toString()) as { columnNotes?: unknown };
    return {
      csv: files.get("orders.csv")!.toString(),
      notes: columnNotes,
      readme: files.get("README.txt")!.toString(),
    };
  };
  const BEFORE = "id,State,On,Sum\n1,paid,2024-05-01,12.50\n2,open,2024-12-31,\n";

  test("find a field that was renamed, and leave the place of one that was removed; what is new changes nothing", async () => {
    const folder = shop(template());
    expect(await notesOf(folder)).toMatchObject({ csv: BEFORE, notes: undefined });
    now(
      folder,
      "ALTER TABLE orders RENAME COLUMN status TO condition; ALTER TABLE orders ADD COLUMN extra TEXT DEFAULT 'x'",
      "{ condition: { was: status } }",
    );
    const renamed = await notesOf(folder);
    expect(renamed).toMatchObject({
      csv: BEFORE,
      notes: [{ table: "Orders", column: "State", note: "renamed", before: "status" }],
    });
    expect(renamed.readme).toMatch(/State.*status/);
    now(folder, "ALTER TABLE orders DROP COLUMN total");
    const removed = await notesOf(folder);
    expect(removed.csv).toBe(BEFORE.replace("12.50", ""));
    expect(removed.notes).toEqual([
      { table: "Orders", column: "State", note: "renamed", before: "status" },
      { table: "Orders", column: "Sum", note: "removed" },
    ]);
    expect(removed.readme).toMatch(/Sum.*the field is no more; the column is empty/);
  });

  test("note a change of type; a date format that does not suit it any more fails, naming the column", async () => {
    const folder = shop(template());
    await notesOf(folder);
    now(folder, "ALTER TABLE orders DROP COLUMN placed; ALTER TABLE orders ADD COLUMN placed INTEGER DEFAULT 20240501");
    const changed = await notesOf(folder);
    expect(changed.csv).toBe("id,State,On,Sum\n1,paid,20240501,12.50\n2,open,20240501,\n");
    expect(changed.notes).toEqual([{ table: "Orders", column: "On", note: "type-changed", before: "date" }]);
    writeFileSync(join(folder, "t.json"), JSON.stringify(template({ date: "dd/MM/yyyy" })));
    expectFailure(
      await exportBy(folder),
      2,
      /column "On" has a date format, which does not suit.*integer \(it was date\)/,
    );
  });

  test("find a pinned field by its id, and refuse another one that took its name", async () => {
    const folder = shop(template({ id: "orders.placed" }));
    await notesOf(folder);
    now(
      folder,
      "ALTER TABLE orders RENAME COLUMN placed TO ordered; ALTER TABLE orders RENAME COLUMN customer_id TO placed",
      "{ ordered: { was: placed }, placed: { was: customer_id } }",
    );
    now(folder, "SELECT 1", "{ ordered: { was: placed }, placed: { was: customer_id } }");
    writeFileSync(
      join(folder, "waybill.yaml"),
      readFileSync(join(folder, "waybill.yaml"), "utf8").replace(
        "by: customer_id } } }\n      lines",
        "by: placed } } }\n      lines",
      ),
    );
    const { csv, notes } = await notesOf(folder);
    expect(csv).toBe(BEFORE);
    expect(notes).toEqual([{ table: "Orders", column: "On", note: "renamed", before: "placed" }]);
  });
});
