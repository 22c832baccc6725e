// JSON on the command line that is none: the line and column of the mistake are named.
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, expectFailure, filesIn, waybill } from "./program.ts";
import { inSqlite } from "./tables.ts";

it.each([
  ["text without quotes", '{"status": paid}', 1, 12],
  ["single quotes", "{'status': 'paid'}", 1, 2],
  ["a name without quotes", '{status: "paid"}', 1, 2],
  ["a comma too many", '{"status": "paid",}', 1, 19],
  ["a comma too few", '{"status": "paid" "id": 1}', 1, 19],
  ["an end that is missing", '{"status": "paid"', 1, 18],
  ["something after the end", '{"status": "paid"} x', 1, 20],
  ["a number as it may not be", '{"id": 01}', 1, 9],
  ["nothing at all", "", 1, 1],
  ["a second line", '{\n  "status": paid\n}', 2, 13],
  ["a third line", '{\n"status": "paid",\n}', 3, 1],
  ["a mistake far from both ends", `{"status": "${"x".repeat(100)}", "id": one, "note": "${"x".repeat(100)}"}`, 1, 122],
])("%s", async (_name, where, line, column) => {
  const folder = emptyFolder();
  inSqlite(join(folder, "shop.db"));
  const args = ["export", "orders", "--source", "sqlite:shop.db", "-o", "o.csv", "--where", where];
  const ended = await waybill(args, folder);
  expectFailure(ended, 2, new RegExp(`--where is not JSON: line ${line}, column ${column}\\.\\n {2}`));
  expect(filesIn(folder)).toEqual(["shop.db"]);
});
