// Commands over a configuration: found, read, refused with its places; catalogs, principals, realms, the lock, doctor.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { inPostgres } from "./tables.ts";
import { emptyFolder, type Ended, expectFailure, filesIn, shell, waybill } from "./program.ts";

const CONFIG = `orgs:
  lab:
    timeZone: Europe/Paris
    sources:
      main: { url: "sqlite:shop.db" }
    objects:
      customers:
        title: name
      orders:
        label: { en: Orders, fr: Commandes }
        state: status
        fields:
          status: { labels: { paid: { en: Paid, fr: Payée }, open: { en: Open, fr: Ouverte } } }
          total: { unit: EUR, optional: true }
          patient: { deidentify: { rule: drop } }
        policy: { $or: [{ "customer.email": $principal.email }, { $principal.role: owner }] }
        range: { field: placed, max: P1Y }
        references: { customer: { object: customers, by: customer_id } }
`;

/** A folder with a database, and a configuration over it. */
function shop(config = CONFIG): string {
  const folder = emptyFolder();
  using database = new DatabaseSync(join(folder, "shop.db"));
  database.exec(`
    CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
    INSERT INTO customers VALUES (1, 'Ada', 'ada@x.org'), (2, 'Grace', 'grace@x.org');
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, status TEXT, total DECIMAL TEXT, placed DATE, patient TEXT);
    INSERT INTO orders VALUES (1, 1, 'paid', '12.50', '2024-05-01', 'x'), (2, 2, 'open', '7', '2024-12-31', 'y'),
      (3, NULL, 'void', NULL, '2025-01-01', 'z');
    CREATE TABLE unnamed (id INTEGER PRIMARY KEY)`);
  writeFileSync(join(folder, "waybill.yaml"), config);
  return folder;
}

const out = ({ code, stdout, stderr }: Ended): string => {
  expect({ code, stderr: stderr.replace(/^\d.*\n/, "") }).toEqual({ code: 0, stderr: "" });
  return stdout.toString();
};

it("exports what ./waybill.yaml makes of the tables, and nothing else", async () => {
  const folder = shop();
  expect(out(await waybill(["export", "orders", "-q", "--format", "csv"], folder))).toBe(
    "id,customer_id,status,placed\n1,1,paid,2024-05-01\n2,2,open,2024-12-31\n3,,void,2025-01-01\n",
  );
  expect(
    out(
      await waybill(
        ["export", "orders", "-qf", "csv", "--paths", "status.label,customer.name", "--language", "fr"],
        folder,
      ),
    ),
  ).toBe("status.label,customer.name\nPayée,Ada\nOuverte,Grace\nvoid,\n");
  expectFailure(await waybill(["export", "unnamed", "-f", "csv"], folder), 2, /no object type "unnamed"/);
  expect(out(await waybill(["export", "orders", "-qf", "csv", "--paths", "id,patient", "--limit", "1"], folder))).toBe(
    "id,patient (deidentified)\n1,\n",
  );
  const where = await waybill(["export", "orders", "-f", "csv", "--where", '{"patient":"x"}'], folder);
  expectFailure(where, 2, /may not be read as it is, since it is de-identified/);
});

it("shows pseudonyms with the salt of the configuration, which is asked for where there is none", async () => {
  const hashed = CONFIG.replace("{ deidentify: { rule: drop } }", "{ deidentify: hash }");
  const asked = ["export", "orders", "-qf", "csv", "--paths", "id,patient"];
  expectFailure(await waybill(asked, shop(hashed)), 2, /need .*salt/);
  const salted = shop(hashed.replace("    sources:", `    salt: "${"s".repeat(32)}"\n    sources:`));
  const [header, ...rows] = out(await waybill(asked, salted))
    .trimEnd()
    .split("\n");
  expect(header).toBe("id,patient (deidentified)");
  expect(rows.map((row) => row.replace(/,[0-9a-f]{64}$/, ",…"))).toEqual(["1,…", "2,…", "3,…"]);
});

it("shows what the configuration says of object types", async () => {
  const folder = shop();
  expect(out(await waybill(["objects"], folder))).toBe(
    [
      "object     kind          fields  key  label",
      "customers  table         3       id",
      "orders     table, realm  7       id   Orders",
      "",
    ].join("\n"),
  );
  const orders = out(await waybill(["objects", "orders", "--language", "fr"], folder));
  expect(orders).toMatch(/^orders: Commandes \(table, key id\)/);
  expect(orders).toMatch(/^status +text +TEXT +state$/m);
  expect(orders).toMatch(/^status\.label +text +optional, labels of 2 codes$/m);
  expect(orders).toMatch(/^total +decimal +DECIMAL TEXT +optional, in EUR$/m);
  expect(orders).toMatch(/^placed +date +DATE +range, at most P1Y$/m);
  expect(orders).toMatch(/^patient +text +TEXT +de-identified \(drop\)$/m);
});

it("exports what a principal may see", async () => {
  const folder = shop();
  const as = async (...principal: string[]): Promise<string> =>
    out(await waybill(["export", "orders", "-qf", "csv", "--paths", "id", ...principal], folder));
  expect(await as("--as", "ada@x.org")).toBe("id\n1\n");
  expect(await as("--as", `{"email":"ada@x.org","role":"owner"}`)).toBe("id\n1\n2\n3\n");
  expect(await as("--as", "17")).toBe("id\n");
  for (const [principal, message] of [
    ["", /names nobody/],
    [`{"email":5}`, /not understood at "email"/],
    [`{"mail":"x"}`, /not understood/],
    [`{"role":"king"}`, /not understood at "role"/],
    [`{"email"`, /--as/],
  ] as const) {
    expectFailure(await waybill(["export", "orders", "-f", "csv", "--as", principal], folder), 2, message);
  }
});

it("says when namespaces are not known", async () => {
  const folder = shop(
    CONFIG.replace("        state: status\n", "        state: status\n        namespace: customer_id\n"),
  );
  const asked = ["export", "orders", "-f", "csv", "--paths", "id", "--as"];
  const { stderr } = await waybill([...asked, `{"role":"owner"}`], folder);
  expect(stderr).toMatch(/Records of all namespaces are included/);
  const member = await waybill([...asked, `{"role":"owner","namespaces":[2]}`], folder);
  expect(member.stdout.toString()).toBe("id\n2\n");
  expect(member.stderr).not.toMatch(/namespaces/);
});

it("exports the days of a realm", async () => {
  const folder = shop();
  const days = ["--from", "2024-01-01", "--to", "2024-12-31"];
  expect(out(await waybill(["export", "orders", "-qf", "csv", "--paths", "id", ...days], folder))).toBe("id\n1\n2\n");
  const long = ["--from", "2024-01-01", "--to", "2025-01-01"];
  expectFailure(await waybill(["export", "orders", "-f", "csv", ...long], folder), 2, /longer than orders allows/);
  expectFailure(await waybill(["export", "customers", "-f", "csv", ...days], folder), 2, /is no realm/);
});

it("refuses a configuration that does not fit the database, with every place", async () => {
  const folder = shop(CONFIG.replace("title: name", "title: nam").replace("by: customer_id", "by: customer"));
  const { code, stderr } = await waybill(["objects"], folder);
  expect(code).toBe(2);
  expect(stderr).toBe(
    [
      `waybill: waybill.yaml:8:16: There is no field "nam".`,
      `  Did you mean name?`,
      `waybill.yaml:18:58: orders has no field "customer". There are id, customer_id, status, total, placed, patient.`,
      "",
    ].join("\n"),
  );
  writeFileSync(join(folder, "waybill.yaml"), CONFIG.replace("$principal.role", "$principal.rule"));
  expect((await waybill(["objects"], folder)).stderr).toMatch(/waybill\.yaml:16:\d+: .*found "\$principal\.rule"\.\n/);
  writeFileSync(
    join(folder, "waybill.yaml"),
    CONFIG.replace("customers:\n        title: name", "fresh:\n        query: SELECT x FROM orders"),
  );
  expect((await waybill(["objects"], folder)).stderr).toMatch(
    /waybill\.yaml:8:\d+: The query is refused by SQLite .*no such column: x/,
  );
});

it("tells what is missing", async () => {
  const folder = emptyFolder();
  expectFailure(await waybill(["objects"], folder), 2, /no waybill\.yaml here/);
  expectFailure(await waybill(["objects", "--config", "other.yaml"], folder), 2, /other\.yaml/);
  expectFailure(
    await waybill(["objects", "--config", "a.yaml", "--source", "sqlite:b"], folder),
    2,
    /needs no configuration/,
  );
  const two = shop(
    `orgs: { a: { sources: { main: { url: "sqlite:shop.db" } } }, b: { sources: { main: { url: "sqlite:shop.db" } } } }\n`,
  );
  expectFailure(await waybill(["objects"], two), 2, /several organisations/);
  expectFailure(await waybill(["objects", "--org", "c"], two), 2, /no organisation "c"/);
  expect(out(await waybill(["objects", "--org", "b"], two))).toMatch(/^unnamed/m);
});

it("keeps the order of fields in waybill.lock", async () => {
  const folder = shop(CONFIG.replace("title: name", "label: Customers"));
  const header = async (): Promise<string> =>
    out(await waybill(["export", "customers", "-qf", "csv", "--limit", "0"], folder)).trim();
  expect(await header()).toBe("id,name,email");
  const lock = readFileSync(join(folder, "waybill.lock"), "utf8");
  expect(lock).toMatch(/customers\.email/);
  const change = (sql: string): void => {
    using database = new DatabaseSync(join(folder, "shop.db"));
    database.exec(sql);
  };
  change("ALTER TABLE customers DROP COLUMN name; ALTER TABLE customers ADD COLUMN phone TEXT");
  expect(await header()).toBe("id,email,phone");
  change("ALTER TABLE customers ADD COLUMN name TEXT; ALTER TABLE customers RENAME COLUMN phone TO mobile");
  writeFileSync(join(folder, "waybill.yaml"), CONFIG.replace("title: name", "fields: { mobile: { was: phone } }"));
  expect(await header()).toBe("id,name,email,mobile");
  expect(filesIn(folder)).toEqual(["shop.db", "waybill.lock", "waybill.yaml"]);
});

it("fills in secrets, which nobody gets to see", async () => {
  const { url, drop } = await inPostgres();
  const folder = shop(`orgs: { lab: { sources: { main: { url: "\${WAYBILL_TEST_URL}" } } } }\n`);
  const missing = await shell("$WAYBILL objects", folder);
  expect(missing.code).toBe(2);
  expect(missing.stderr).toMatch(/^waybill: waybill\.yaml:1:\d+: .*WAYBILL_TEST_URL is not set\./);
  expect(out(await shell(`WAYBILL_TEST_URL='${url}' $WAYBILL objects`, folder))).toMatch(/^orders/m);
  const wrong = await shell(`WAYBILL_TEST_URL='postgres://waybill:hush-hush@127.0.0.1:1/x' $WAYBILL objects`, folder);
  expect(wrong.code).toBe(1);
  expect(wrong.stderr).not.toMatch(/hush/);
  await drop();
});

it("finds what is wrong, and says what to do", async () => {
  const folder = shop(
    CONFIG.replace(
      `main: { url: "sqlite:shop.db" }`,
      `main: { url: "sqlite:shop.db" }\n      store: { url: "dir:files" }`,
    ).replace("      orders:", "      people: { table: customers, key: name }\n      orders:"),
  );
  mkdirSync(join(folder, "files"));
  const well = await waybill(["doctor"], folder);
  expect(well.stderr).toBe("");
  expect(well.code).toBe(0);
  expect(well.stdout.toString()).toMatch(
    /^ok +waybill\.yaml: one org, no mistakes\n(?:.*\n)*ok +SQLite database ".*shop\.db": 3 tables, \d+ ms\nok +store: the folder ".*files" can be read\nok +lab: 3 object types\nok +people: name tells records apart\nlook at mail: .*\n +Add mail: .*\n\nAll is well\.\n$/,
  );
  using database = new DatabaseSync(join(folder, "shop.db"));
  database.exec("INSERT INTO customers VALUES (3, 'Ada', NULL)");
  const ill = await waybill(["doctor"], folder);
  expect(ill.code).toBe(1);
  expect(ill.stdout.toString()).toMatch(/^PROBLEM people: name is the same in several records\n +Choose fields/m);
  expect(ill.stderr).toMatch(/^waybill: One problem was found\./);
  writeFileSync(
    join(folder, "waybill.yaml"),
    CONFIG.replace("shop.db", "gone.db").replace("orgs:", "mail: { url: 'smtp://127.0.0.1:1', from: a@b.org }\norgs:"),
  );
  const gone = await waybill(["doctor", "--json"], folder);
  expect(gone.code).toBe(1);
  const findings = gone.stdout
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { level: string; detail: string });
  expect(findings.map(({ level }) => level)).toEqual(["ok", "ok", "problem", "problem"]);
  expect(findings[2]!.detail).toMatch(/Cannot open SQLite database ".*gone\.db"/);
  expect(findings[3]!.detail).toMatch(/nothing answers at 127\.0\.0\.1:1/);
});

it("finds logs of deletions that everybody may read", async () => {
  const deleted = "deleted: { object: customers, key: id, at: born }";
  const folder = shop(CONFIG.replace("        range:", `        ${deleted}\n        range:`));
  using database = new DatabaseSync(join(folder, "shop.db"));
  database.exec("ALTER TABLE customers ADD born DATE");
  expect(out(await waybill(["doctor"], folder))).toMatch(
    /^look at waybill\.yaml:17:28: Everybody may read the keys of deleted orders in customers, .*\n +Give customers one under objects, or policy: \{\} where everybody may\.$/m,
  );
});

it("checks a source without a configuration", async () => {
  const folder = shop();
  const { code, stdout } = await waybill(["doctor", "--source", "sqlite:shop.db"], folder);
  expect(code).toBe(0);
  expect(stdout.toString()).toMatch(/^ok +SQLite database ".*shop\.db": 3 tables/);
  const gone = await waybill(["doctor", "--source", "sqlite:gone.db"], folder);
  expect(gone.code).toBe(1);
});
