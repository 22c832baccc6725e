import { expect, test } from "vitest";
import type { Field, FieldType } from "../catalog/types.ts";
import { Place } from "./json-keys.ts";
import { isSecret, personalData, personalName } from "./personal-data.ts";
import type { ColumnSample } from "./sample.ts";

function field(name: string, type: FieldType = "text"): Field {
  return { name, column: name, type, native: type, nullable: true };
}

test.each([
  ["owner_email", "text", "e-mail"],
  ["contactEmail", "text", "e-mail"],
  ["courriel", "text", "e-mail"],
  ["first_name", "text", "name of a person"],
  ["Prénom", "text", "name of a person"],
  ["created_by", "text", "name of a person"],
  ["phone", "text", "phone"],
  ["telephone_portable", "text", "phone"],
  ["birth_date", "date", "birth date or age"],
  ["born_on", "date", "birth date or age"],
  ["postal_code", "text", "postal code"],
  ["street", "text", "address"],
  ["adresse", "text", "address"],
  ["patient_no", "text", "national or personal number"],
  ["ssn", "text", "national or personal number"],
  ["ip_address", "text", "IP address"],
  ["email_verified", "boolean", null],
  ["email_count", "integer", null],
  ["mac_address", "text", null],
  ["created_by", "integer", null],
  ["temperature", "float", null],
  ["page", "integer", null],
  ["name", "text", null],
  ["comment", "text", null],
] as const)("%s (%s) may be: %s", (name, type, what) => {
  expect(personalData("samples", [field(name, type)], null).get(name)?.what ?? null).toBe(what);
});

test("a name, a sex or a note is about people where records are", () => {
  const fields = [field("name"), field("sex"), field("notes")];
  expect([...personalData("penguins", fields, null).keys()]).toEqual([]);
  expect([...personalData("patients", fields, null).keys()]).toEqual(["name", "sex", "notes"]);
  expect([...personalData("visits", [...fields, field("email")], null).keys()]).toEqual(["email", "sex", "notes"]);
});

test("values tell where names do not", () => {
  const sample = (values: readonly string[]): ReadonlyMap<string, ColumnSample> => {
    const counts = new Map(values.map((it) => [it, 1]));
    return new Map([["x", { filled: 9, missing: 0, values: counts, longest: 9, length: 9, json: new Place() }]]);
  };
  expect(personalData("t", [field("x")], sample(["a@b.org", "c@d.org"])).get("x")?.what).toBe("e-mail");
  expect(personalData("t", [field("x")], sample(["+33612345678"])).get("x")?.what).toBe("phone");
  expect(personalData("t", [field("x")], sample(["192.168.0.1"])).get("x")?.what).toBe("IP address");
  expect(personalData("t", [field("x")], sample(["a@b.org", "no", "none"])).size).toBe(0);
});

test("keys of JSON go by their names", () => {
  expect(personalName("operatorEmail")?.what).toBe("e-mail");
  expect(personalName("depth")).toBeNull();
});

test.each([
  ["password", true],
  ["encrypted_password", true],
  ["password_digest", true],
  ["reset_password_token", true],
  ["apiKey", true],
  ["otp_secret", true],
  ["token", false],
  ["secretary", false],
  ["keyword", false],
])("%s is a secret: %s", (name, is) => {
  expect(isSecret(field(name))).toBe(is);
});
