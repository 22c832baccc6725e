import { describe, expect, test } from "vitest";
import { mariadbDialect } from "../../src/sources/mariadb/dialect.ts";
import { compileSelect } from "../../src/sources/sql/compile.ts";
import { mariadb } from "../conformance/engines/mariadb.ts";
import { createMariadb, noMariadb } from "../setup/mariadb.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { ALIKE, compositeTrees, expectAlike } from "./composite-trees.ts";
import { plainMariadb } from "./plain-sql.ts";
import { selectOfLists, trees } from "./trees.ts";

describe.skipIf(noMariadb("trees of MariaDB"))("MariaDB", () => {
  trees(mariadb);
  compositeTrees(mariadb, plainMariadb);

  test("finds the first items of each list by its index, however many there are", async () => {
    const { url, client, drop } = await createMariadb();
    await client.query(
      "CREATE TABLE measures (id integer PRIMARY KEY, sample_id integer NOT NULL, taken integer NOT NULL, INDEX (sample_id, taken, id))",
    );
    await client.query(
      "INSERT INTO measures SELECT seq, IF(seq % 13 < 10, 1, 2 + seq % 59), seq % 1000 FROM seq_1_to_130000",
    );
    await client.query("ANALYZE TABLE measures");
    const org = await openLab(url);
    for (const order of [["taken"], ["-taken", "-id"]]) {
      const { text } = compileSelect(await selectOfLists(callBy(org, "admin"), order), mariadbDialect);
      const [{ ANALYZE: analyzed }] = (await client.query(`ANALYZE FORMAT=JSON ${text}`)) as [{ ANALYZE: string }];
      const rows = [
        ...analyzed.replaceAll(/\s/g, "").matchAll(/"table_name":"t0","access_type":"(\w+)".*?"r_rows":(\d+)/g),
      ];
      expect(rows).toHaveLength(15);
      for (const [, access, read] of rows) {
        expect(access).not.toBe("ALL");
        expect(Number(read)).toBeLessThanOrEqual(21);
      }
    }
    await org.close();
    await drop();
  });

  test.each(["utf8mb4", "latin1"])("has in lists what its own collation says, in %s", async (characters) => {
    const { url, client, drop } = await createMariadb();
    await client.query(
      `CREATE TABLE parents (one varchar(9), two char(9), PRIMARY KEY (one, two)) CHARSET ${characters}`,
    );
    await client.query(`CREATE TABLE children (id integer PRIMARY KEY, one varchar(9), two char(9),
      FOREIGN KEY (one, two) REFERENCES parents (one, two)) CHARSET ${characters}`);
    await client.query(ALIKE.parents);
    await client.query(ALIKE.children);
    await expectAlike(url);
    await drop();
  });
});
