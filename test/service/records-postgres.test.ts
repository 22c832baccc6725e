import { Client } from "pg";
import { postgres } from "../conformance/engines/postgres.ts";
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
    const database = client.escapeIdentifier(client.database ?? "");
    for (const way of ["enable_sort", "enable_seqscan", "enable_bitmapscan"]) {
      await client.query(`ALTER DATABASE ${database} SET ${way} = off`);
    }
    await client.end();
    return made;
  },
});
