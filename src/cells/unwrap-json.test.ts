import { describe, expect, it } from "vitest";
import { typedBatch } from "../../test/setup/typed-batch.ts";
import type { FieldType } from "../catalog/types.ts";
import { Kind } from "./kinds.ts";
import { Output } from "./output.ts";
import { unwrapJsonAs } from "./unwrap-json.ts";
import { writeValue } from "./value-text.ts";

describe("what JSON holds, as the type that it is said to have", () => {
  it.each<[FieldType, string, Kind, string]>([
    ["integer", "12345678901234567890", Kind.digits, "12345678901234567890"],
    ["integer", `"deep"`, Kind.text, "deep"],
    ["float", "5.10", Kind.float, "5.1"],
    ["float", "1e3", Kind.float, "1000"],
    ["float", `"5.10"`, Kind.text, "5.10"],
    ["decimal", "5.10", Kind.digits, "5.10"],
    ["boolean", "true", Kind.boolean, "true"],
    ["date", `"2024-05-01"`, Kind.date, "2024-05-01"],
    ["date", `"2024-05-01T10:00:00"`, Kind.text, "2024-05-01T10:00:00"],
    ["date", `"soon"`, Kind.text, "soon"],
    ["date", "20240501", Kind.digits, "20240501"],
    ["time", `"12:34:56.5"`, Kind.time, "12:34:56.5"],
    ["datetime", `"2024-05-01 12:34:56.789"`, Kind.datetime, "2024-05-01T12:34:56.789"],
    ["instant", `"2024-05-01T12:34:56.000001+02:00"`, Kind.instant, "2024-05-01T10:34:56.000001Z"],
    ["text", `"a\\u00e9\\n"`, Kind.text, "aé\n"],
    ["uuid", `"7D9F5A3C-1B2E-4C6D-8F90-A1B2C3D4E5F6"`, Kind.uuid, "7d9f5a3c-1b2e-4c6d-8f90-a1b2c3d4e5f6"],
    ["uuid", `"7d9f5a3c"`, Kind.text, "7d9f5a3c"],
    ["text", "null", Kind.missing, ""],
    ["json", `{"a": 1}`, Kind.json, `{"a":1}`],
  ])("%s: %s", (type, json, kind, text) => {
    const batch = typedBatch([[[Kind.json, json]]]);
    unwrapJsonAs(batch, 0, type);
    const out = new Output(16);
    writeValue(batch, 0, null, out);
    expect(Buffer.from(out.written()).toString("utf8")).toBe(text);
    expect(batch.kind[0]).toBe(kind);
  });
});
