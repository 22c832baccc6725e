import { describe, expect, test } from "vitest";
import { countRecords } from "../../src/service/records/count.ts";
import { mariadb } from "../conformance/engines/mariadb.ts";
import { createMariadb, noMariadb } from "../setup/mariadb.ts";
import { callBy, openLab } from "../setup/org-call.ts";
import { paging } from "./paging.ts";

describe.skipIf(noMariadb("pages of MariaDB"))("MariaDB", () => {
  paging(mariadb);

  test("estimates what takes too long to count", async () => {
    const { url, client, drop } = await createMariadb();
    await client.query("CREATE TABLE many (id integer PRIMARY KEY, n integer NOT NULL, INDEX (n))");
    await client.query("INSERT INTO many SELECT seq, seq % 10 FROM seq_1_to_300000");
    await client.query("ANALYZE TABLE many");
    const org = await openLab(url);
    const call = callBy(org, "admin");
    const whole = await countRecords(call, "many", { within: 1 });
    expect(whole.exact).toBe(false);
    expect(whole.count).toBeGreaterThan(200_000);
    const some = await countRecords(call, "many", { where: { n: 3 }, within: 1 });
    expect(some.exact).toBe(false);
    expect(some.count).toBeGreaterThan(10_000);
    expect(some.count).toBeLessThan(100_000);
    await org.close();
    await drop();
  });
});
