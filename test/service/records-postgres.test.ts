import { Client } from "pg";
import { expect, test } from "vitest";
import { recordsPage } from "../../src/service/records/page.ts";
import { postgres } from "../conformance/engines/postgres.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { createDatabase } from "../setup/postgres.ts";
import { paging } from "./paging.ts";

paging(postgres);

// Where there is an index for every order, each page is a range of it.
paging({
  ...postgres,
  name: "PostgreSQL with indexes",
  async make(tables) {
    const made = await postgres.make(tables);
    const client = new Client({ connectionString: made.url });
    await client.connect();
    for (const { name, type } of tables[0]!.columns) {
      const by = type === "json" ? `((${name} -> 'v')::text)` : type === "text" ? `${name} COLLATE "C"` : name;
      await client.query(`CREATE INDEX ON things (${by}, part, code COLLATE "C")`);
    }
    await client.query('CREATE INDEX ON numbered (name COLLATE "C", id)');
    const database = client.escapeIdentifier(client.database ?? "");
    for (const way of ["enable_sort", "enable_seqscan", "enable_bitmapscan"]) {
      await client.query(`ALTER DATABASE ${database} SET ${way} = off`);
    }
    await client.end();
    return made;
  },
});

test("values that other databases lack are places in an order too", async () => {
  const { url, client, drop } = await createDatabase();
  await client.query(`CREATE TABLE odd (id serial PRIMARY KEY, n numeric, f float8, d date, t timestamptz, c char(5), v varchar(9));
    INSERT INTO odd (n, f, d, t, c, v) VALUES
      ('NaN', 'NaN', 'infinity', 'infinity', 'a', 'a'), ('Infinity', 'Infinity', '-infinity', '-infinity', 'a ', 'a '),
      ('-Infinity', '-Infinity', '0044-03-15 BC', '0044-03-15 00:00:00+00 BC', 'A', 'A'), (1e30, 1e-300, '9999-12-31', '10001-01-01', 'é', 'é'),
      (1e-30, -0.0, '0001-01-01', '1969-12-31 23:59:59.999999+00', 'é', 'e'), (0, 0, NULL, NULL, NULL, NULL)`);
  const org = await openLab(url);
  const call = callBy(org, "admin");
  for (const order of ["n", "f", "d", "t", "c", "v"].flatMap((it) => [[it], [`-${it}`]])) {
    const whole = JSON.parse((await recordsPage(call, "odd", { order })).data.toString()) as unknown[];
    const rows: unknown[] = [];
    for (let after: string | undefined; ;) {
      const page = await recordsPage(call, "odd", { order, limit: 1, ...(after === undefined ? {} : { after }) });
      rows.push(...(JSON.parse(page.data.toString()) as unknown[]));
      if (page.next === null) break;
      after = page.next;
    }
    expect({ order, rows }).toEqual({ order, rows: whole });
    expect(rows).toHaveLength(6);
  }
  await org.close();
  await drop();
});
