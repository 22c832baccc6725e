// init on a real PostgreSQL database: what is recognised, and that the program takes what it wrote.
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatNamed } from "../../src/formats/index.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import { fullAccess } from "../../src/plan/scope.ts";
import { run } from "../../src/engine/run.ts";
import { sourceAt } from "../../src/sources/index.ts";
import { emptyFolder } from "../command-line/program.ts";
import { createDatabase, type TestDatabase } from "../setup/postgres.ts";
import { configured, initialised } from "./helpers.ts";

const SCHEMA = `
CREATE TYPE order_state AS ENUM ('new', 'paid', 'sent');
CREATE TABLE schema_migrations (version text PRIMARY KEY);
CREATE TABLE sessions (id int PRIMARY KEY, session_id text, data text);
CREATE TABLE organisations (id int PRIMARY KEY, name text NOT NULL, slug text NOT NULL);
INSERT INTO organisations SELECT n, 'Organisation ' || n, 'org-' || n FROM generate_series(1, 5) n;
CREATE TABLE customers (
  id int PRIMARY KEY, organisation_id int NOT NULL REFERENCES organisations, full_name text NOT NULL, email text NOT NULL,
  phone text, born_on date, password_digest text, last_sign_in_ip inet, notes text, updated_at timestamptz NOT NULL);
COMMENT ON TABLE customers IS 'Clients of the shop';
COMMENT ON COLUMN customers.full_name IS E'Name and surname\\nAs on the invoice.';
INSERT INTO customers SELECT n, 1 + n % 5, 'Ann ' || n, 'ann' || n || '@private.example', '+3361234567' || n % 10,
  '1990-01-01', 'topsecret', '10.0.0.1', 'a note', now() FROM generate_series(1, 30) n;
CREATE TABLE orders (
  id int PRIMARY KEY, "customerId" int NOT NULL REFERENCES customers, seller_id int, status order_state NOT NULL,
  placed_on date NOT NULL, details jsonb, scan bytea);
CREATE TABLE sellers (id int PRIMARY KEY, name text NOT NULL);
INSERT INTO sellers SELECT n, 'Seller ' || n FROM generate_series(1, 3) n;
INSERT INTO orders SELECT n, 1 + n % 30, 1 + n % 3, (ARRAY['new','paid','sent'])[1 + n % 3]::order_state, '2024-05-01',
  jsonb_build_object('gift', n % 2 = 0, 'weight', n * 1.5, 'sent', '2024-05-01', 'at', '2024-05-01T10:00:00Z',
    'ship', jsonb_build_object('to', 'Quimper', 'floor', n), 'mixed', CASE WHEN n % 2 = 0 THEN '1'::jsonb ELSE '"x"' END,
    'tags', '["a"]'::jsonb, 'lines', jsonb_build_array(jsonb_build_object('sku', 'a', 'count', n))),
  '\\x00' FROM generate_series(1, 50) n;
CREATE TABLE tags (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders_tags (order_id int REFERENCES orders, tag_id int REFERENCES tags, PRIMARY KEY (order_id, tag_id));
CREATE TABLE invoices (
  id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders, storage_key text, filename text, content_type text, byte_size int);
CREATE VIEW slow_view AS SELECT id, pg_sleep(1)::text AS waited FROM orders;
CREATE TABLE private_things (id int PRIMARY KEY, thing text);
CREATE SCHEMA lab; CREATE TABLE lab.samples (id int PRIMARY KEY, "SampleID" text);`;

let database: TestDatabase;
let reader: string;

beforeAll(async () => {
  database = await createDatabase();
  await database.client.query(SCHEMA);
  const role = `reader_${Math.random().toString(36).slice(2, 10)}`;
  await database.client.query(`CREATE ROLE ${role} LOGIN PASSWORD 'hidden-word';
    GRANT USAGE ON SCHEMA lab TO ${role}; GRANT SELECT ON ALL TABLES IN SCHEMA public, lab TO ${role};
    REVOKE ALL ON private_things FROM ${role}`);
  const url = new URL(database.url);
  url.username = role;
  url.password = "hidden-word";
  reader = url.href;
});

afterAll(() => database.drop());

test("writes what a person would have to look up, and never data or a password", async () => {
  const folder = emptyFolder();
  const { text, variables, org } = await initialised([reader], folder);
  const name = org;
  expect(text).not.toContain("hidden-word");
  for (const data of ["Ann 1", "@private.example", "topsecret", "Quimper", "+336", "10.0.0.1"]) {
    expect(text).not.toContain(data);
  }
  expect(variables).toEqual([
    { name: `WAYBILL_${name.toUpperCase()}_PASSWORD`, holds: `the password of ${name}, as it stands in the URL` },
  ]);
  for (const line of [
    `# schema_migrations: {}  # Rails' own record of migrations`,
    "# sessions: {}  # sessions of the application: they let people in",
    "label: Clients of the shop",
    "full_name: { label: Name and surname }  # personal data (name of a person)? deidentify: hash | drop",
    "password_digest: { label: Password digest, hidden: true }  # a secret",
    "last_sign_in_ip: { label: Last sign in IP }  # personal data (IP address)? deidentify: hash | drop",
    "updated: updated_at",
    "# namespace: organisation_id  # if rights are given by organisations",
    "# namespaces: { object: organisations, name: name, code: slug }",
    "# owner: email  # if a record belongs to this person",
    "state: status",
    "# range: { field: placed_on, max: P1Y }",
    "scan: { label: Scan, optional: true }",
    "seller: { object: sellers, by: seller_id }",
    "# Joins orders and tags (many to many).",
    "# files: { invoices: { object: invoices, by: order_id, store: store, path: storage_key, name: filename } }",
    "lab.samples:",
    "SampleID: { label: Sample ID }",
  ]) {
    expect(text).toContain(line);
  }
  expect(text).toMatch(/# private_things: \{\} {2}# it cannot be read: permission denied/);
  expect(text).toMatch(/# slow_view: \{\} {2}# a view that is slow/);

  const { config, catalog } = await configured(text, folder, { [variables[0]!.name]: "hidden-word" });
  const orders = config.orgs.get(name)!.objects.get("orders")!;
  expect(config.orgs.get(name)!.sources.get(name)!.url).toBe(reader);
  const types = [...orders.fields.get("details")!.keys].map(([key, { type }]) => [key, type]);
  expect(Object.fromEntries(types)).toEqual({
    gift: "boolean",
    weight: "decimal",
    sent: "date",
    at: "instant",
    "ship.to": "text",
    "ship.floor": "integer",
    mixed: "text",
    tags: "json",
  });
  expect(orders.lists.get("lines")).toMatchObject({ json: "details.lines" });
  expect(Object.fromEntries(orders.fields.get("status")!.labels)).toEqual({ new: "New", paid: "Paid", sent: "Sent" });

  const request = {
    object: "orders",
    format: "csv",
    limit: 1,
    include: ["status.label"],
    paths: ["id", "seller.name"],
  };
  const plan = planExport(request, catalog, formatNamed("csv"), fullAccess);
  const { signal } = new AbortController();
  const chunks: Uint8Array[] = [];
  const options = { sourceNamed: () => sourceAt(reader), container: "none", signal, program: "test" } as const;
  for await (const chunk of run(plan, options)) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString()).toBe("id,seller.name,status.label\n1,Seller 2,Paid\n");
});

test("writes the same file again, and leaves one alone that has everything", async () => {
  const folder = emptyFolder();
  const first = await initialised([reader], folder);
  expect((await initialised([reader], folder)).text).toBe(first.text);
  const again = await initialised([reader], folder, first.text);
  expect(again.isChanged).toBe(false);
  expect(again.text).toBe(first.text);
});
