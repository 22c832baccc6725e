// init on a real MariaDB database: comments, ENUM, JSON, and a file that the program takes.
import { describe, expect, test } from "vitest";
import { emptyFolder } from "../command-line/program.ts";
import { createMariadb, noMariadb } from "../setup/mariadb.ts";
import { configured, initialised } from "./helpers.ts";

describe.skipIf(noMariadb("init"))("MariaDB", () => {
  test("is recognised and read back", async () => {
    const database = await createMariadb();
    try {
      const { client } = database;
      await client.query(`CREATE TABLE samples (id INT PRIMARY KEY, name VARCHAR(50) NOT NULL COMMENT 'Short name',
        status ENUM('fresh', 'frozen') NOT NULL, updated_at TIMESTAMP NOT NULL, metadata JSON) COMMENT 'Soil samples'`);
      await client.query(`INSERT INTO samples VALUES (1, 'a', 'fresh', NOW(), '{"depth": 2}'),
        (2, 'b', 'frozen', NOW(), '{"depth": 3, "visits": [{"seen": "2024-01-01"}]}'), (3, 'c', 'fresh', NOW(), NULL)`);
      const folder = emptyFolder();
      const { text, variables, org } = await initialised([database.url], folder);
      const env = Object.fromEntries(
        variables.map(({ name }) => [name, decodeURIComponent(new URL(database.url).password)]),
      );
      const { config } = await configured(text, folder, env);
      const samples = config.orgs.get(org)!.objects.get("samples")!;
      expect(samples).toMatchObject({ label: "Soil samples", title: "name", updated: "updated_at", state: "status" });
      expect(samples.fields.get("name")!.label).toBe("Short name");
      expect([...samples.fields.get("status")!.labels]).toEqual([
        ["fresh", "Fresh"],
        ["frozen", "Frozen"],
      ]);
      expect(samples.fields.get("metadata")!.keys.get("depth")?.type).toBe("integer");
      expect(samples.lists.get("visits")).toMatchObject({ json: "metadata.visits" });
      expect((await initialised([database.url], folder, text)).isChanged).toBe(false);
    } finally {
      await database.drop();
    }
  });
});
