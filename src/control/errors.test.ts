import { expect, test } from "vitest";
import { WaybillError } from "../lib/errors.ts";
import { ControlError, isDuplicate, isMissingReference, plainError } from "./errors.ts";

const SECRET = "s3cret";

test.each([
  ["ECONNREFUSED", "connect ECONNREFUSED 10.0.0.1:5432", "control-unreachable"],
  ["ENOTFOUND", "getaddrinfo ENOTFOUND db", "control-unreachable"],
  ["28P01", "password authentication failed", "control-refused"],
  ["3D000", 'database "s3cret" does not exist', "control-refused"],
  ["57P01", "terminating connection due to administrator command", "control-lost"],
  ["53300", "sorry, too many clients already", "control-lost"],
  ["ECONNRESET", "read ECONNRESET", "control-lost"],
  ["", "Connection terminated unexpectedly", "control-lost"],
  ["", "timeout exceeded when trying to connect", "control-lost"],
])("%s: %s", (code, message, expected) => {
  const error = plainError(Object.assign(new Error(message), { code, detail: SECRET, parameters: [SECRET] }));
  expect(error).toBeInstanceOf(WaybillError);
  expect(error).toMatchObject({ code: expected, message: expect.stringMatching(/^[A-Z].*\.$/) });
  expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(SECRET);
  expect(plainError(error)).toBe(error);
});

test("what a statement ran into keeps its code and constraint, and no value", () => {
  const thrown = Object.assign(new Error(`invalid input syntax for type uuid: "${SECRET}"`), {
    code: "22P02",
    query: SECRET,
  });
  const error = plainError(thrown);
  expect(error).toMatchObject({ code: "22P02", message: "invalid input syntax for type uuid", constraint: undefined });
  expect(error).toBeInstanceOf(ControlError);
  expect(plainError("text")).toMatchObject({ message: "text" });
});

test("duplicates and missing references are told apart", () => {
  const duplicate = new ControlError("23505", "duplicate key", "namespace_code");
  expect([isDuplicate(duplicate), isDuplicate(duplicate, "namespace_code"), isDuplicate(duplicate, "other")]).toEqual([
    true,
    true,
    false,
  ]);
  expect(isMissingReference(duplicate)).toBe(false);
  expect(isMissingReference(new ControlError("23503", "no such row", undefined))).toBe(true);
  expect(isDuplicate(new Error("23505"))).toBe(false);
});
