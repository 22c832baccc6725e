import { DatabaseSync } from "node:sqlite";
import { sqlite } from "../conformance/engines/sqlite.ts";
import { paging } from "./paging.ts";

paging(sqlite);

// Where there is an index for every order, each page is a range of it.
paging({
  ...sqlite,
  name: "SQLite with indexes",
  async make(tables) {
    const made = await sqlite.make(tables);
    const database = new DatabaseSync(made.url.slice("sqlite:".length));
    for (const { name } of tables[0]!.columns) database.exec(`CREATE INDEX by_${name} ON things (${name}, part, code)`);
    database.close();
    return made;
  },
});
