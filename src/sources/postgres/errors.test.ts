import { expect, test } from "vitest";
import { translateError } from "./errors.ts";

test("a server that starts, or stops, is one that cannot be reached yet", () => {
  const said = Object.assign(new Error("the database system is starting up"), { code: "57P03" });
  const error = translateError(said, "postgres://shop@localhost/shop");
  expect(error).toMatchObject({
    code: "source-unreachable",
    message: "postgres://shop@localhost/shop takes no connections: the database system is starting up.",
  });
  expect(error.hint).toContain("run the export again");
});
