// A wrong command line is refused with exit code 2, before anything is written.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { emptyFolder, expectFailure, filesIn, waybill } from "./program.ts";
import { inSqlite } from "./tables.ts";

/** Runs an export of a small database into a folder that holds nothing else. */
async function refused(args: readonly string[], message: RegExp): Promise<void> {
  const folder = emptyFolder();
  const out = emptyFolder();
  inSqlite(join(folder, "shop.db"));
  const [object = "", ...options] = args;
  const ended = await waybill(
    ["export", object, "--source", "sqlite:shop.db", "-o", join(out, "out.csv"), ...options],
    folder,
  );
  expectFailure(ended, 2, message);
  expect(ended.stdout.length).toBe(0);
  expect(filesIn(out)).toEqual([]);
}

describe("commands", () => {
  it.each<[string, string[], RegExp]>([
    ["an unknown command", ["exprot"], /Unknown command 'exprot'\.\n {2}Did you mean export\?/],
    [
      "an unknown option",
      ["export", "orders", "--sorce", "sqlite:x"],
      /Unknown option '--sorce'\.\n {2}Did you mean --source\?/,
    ],
    [
      "no object type",
      ["export", "--source", "sqlite:x"],
      /No object type was named\.\n {2}See what there is with waybill objects/,
    ],
    ["one argument too many", ["export", "a", "b", "--source", "sqlite:x"], /Too many arguments for 'export'/],
    ["an option without its value", ["export", "orders", "--source"], /Option '-s, --source <url>' argument missing\./],
    ["an unknown container", ["export", "orders", "--container", "rar"], /Allowed choices are none, gzip, zstd, zip/],
    [
      "no source",
      ["export", "orders", "--format", "csv"],
      /No source was named, and there is no waybill\.yaml here\.\n {2}Add --source/,
    ],
    ["no source for objects", ["objects"], /No source was named/],
    [
      "an unknown scheme",
      ["export", "orders", "--format", "csv", "--source", "oracle://x"],
      /begins with no known scheme/,
    ],
    ["no scheme", ["export", "orders", "--format", "csv", "--source", "shop.db"], /begins with no known scheme/],
    [
      "a URL that cannot be read",
      ["export", "orders", "--format", "csv", "--source", "postgres://u:secret@h:x/d"],
      /cannot be read/,
    ],
    ["no file", ["export", "orders", "--format", "csv", "--source", "sqlite:"], /names no file/],
    [
      "no format on standard output",
      ["export", "orders", "--source", "sqlite:x"],
      /does not tell its format\.\n {2}Add --format/,
    ],
    ["an unknown format", ["export", "orders", "--source", "sqlite:x", "--format", "cvs"], /no format "cvs".*\n.*csv/s],
    [
      "an unknown suffix",
      ["export", "orders", "--source", "sqlite:x", "-o", "a.doc"],
      /"a.doc" does not tell its format/,
    ],
  ])("%s", async (_name, args, message) => {
    const ended = await waybill(args, emptyFolder());
    expectFailure(ended, 2, message);
    expect(ended.stdout.length).toBe(0);
  });

  it("shows its help when it is called with nothing, and fails", async () => {
    const { code, stderr } = await waybill([]);
    expect(code).toBe(2);
    expect(stderr).toContain("Usage: waybill");
  });
});

describe("exports", () => {
  it.each<[string, string[], RegExp]>([
    ["an unknown object type", ["ordres"], /There is no object type "ordres"\.\n {2}Did you mean orders\?/],
    [
      "an unknown field in paths",
      ["orders", "--paths", "id,totl"],
      /orders has no field "totl"\.\n {2}at \/paths\/1\n {2}Did you mean total\?/,
    ],
    ["an unknown field of a reference", ["orders", "--paths", "customer.nam"], /customers has no field "nam"/],
    ["an unknown field in include", ["orders", "--include", "x"], /at \/include\/0/],
    ["an unknown field in expand", ["orders", "--expand", "x"], /at \/expand\/0/],
    ["a field in expand", ["orders", "--expand", "total"], /"total" is a field and no reference/],
    ["an unknown field in order", ["orders", "--order", "id,-x"], /at \/order\/1/],
    ["an unknown field in where", ["orders", "--where", '{"x":1}'], /at \/where\/x/],
    [
      "an unknown operator",
      ["orders", "--where", '{"id":{"$gtt":1}}'],
      /There is no operator \$gtt here\.\n {2}at \/where\/id\/\$gtt\n {2}Did you mean \$gt/,
    ],
    [
      "an operator that does not suit",
      ["orders", "--where", '{"id":{"$regex":"1"}}'],
      /\$regex does not suit a field that is integer/,
    ],
    [
      "a value of another type",
      ["orders", "--where", '{"placed":"yesterday"}'],
      /"yesterday" does not fit here.*such as "2024-05-01"/s,
    ],
    ["a query that is no JSON", ["orders", "--where", '{"id":\n 1,}'], /--where is not JSON: line 2, column 4/],
    [
      "a query that is too deep",
      ["orders", "--where", `${'{"$not":'.repeat(21)}{}${"}".repeat(21)}`],
      /nested more than 20 deep/,
    ],
    [
      "a query with too many conditions",
      ["orders", "--where", JSON.stringify({ $or: Array.from({ length: 101 }, () => ({ id: 1 })) })],
      /more than 100 conditions/,
    ],
    [
      "a query with too many values",
      ["orders", "--where", JSON.stringify({ id: { $in: Array(10_001).fill(1) } })],
      /10,001 values; at most 10,000/,
    ],
    [
      "a query that is too long",
      ["orders", "--where", JSON.stringify({ status: "x".repeat(70_000) })],
      /at most 65,536 are allowed/,
    ],
    [
      "a pattern that is too long",
      ["orders", "--where", JSON.stringify({ status: { $regex: "x".repeat(256) } })],
      /256 characters; at most 255/,
    ],
    [
      "a pattern outside of the subset",
      ["orders", "--where", '{"status":{"$regex":"(?=x)"}}'],
      /The pattern has a group that begins with \(\?/,
    ],
    ["an aggregate that is no object", ["orders", "--aggregate", "[]"], /at \/aggregate/],
    ["an unknown measure", ["orders", "--aggregate", '{"measures":{"n":{"cuont":"*"}}}'], /Did you mean count/],
    ["an aggregate with paths", ["orders", "--aggregate", '{"by":["status"]}', "--paths", "id"], /takes no paths/],
    [
      "an unknown option of the format",
      ["orders", "--option", "delimeter=;"],
      /The format csv has no option "delimeter".*Did you mean delimiter/s,
    ],
    [
      "an option of the wrong kind",
      ["orders", "--option", "header=maybe"],
      /header of csv cannot be "maybe".*true or false/s,
    ],
    ["an option without a value", ["orders", "--option", "header"], /--option header has no value/],
    ["a limit that is no number", ["orders", "--limit", "many"], /whole number from 0 on/],
    ["a limit below nothing", ["orders", "--limit=-1"], /whole number from 0 on/],
    ["half a limit", ["orders", "--limit", "1.5"], /whole number from 0 on/],
    ["an empty limit", ["orders", "--limit", ""], /whole number from 0 on/],
    ["a limit with an exponent", ["orders", "--limit", "1e3"], /whole number from 0 on/],
    ["an output without a name", ["orders", "--format", "csv", "-o", ""], /The output has no name/],
    ["an unknown time zone", ["orders", "--time-zone", "Mars/Olympus"], /There is no time zone "Mars\/Olympus"/],
    [
      "a list in a format of one table",
      ["orders", "--format", "csv", "--include", "lists.nothing"],
      /orders has no field/,
    ],
    [
      "several tables without a zip",
      ["customers", "--include", "orders"],
      /2 files \(customers, customers\.orders\), which only a zip holds/,
    ],
    ["no column at all", ["orders", "--paths", ""], /would have no column/],
  ])("%s", async (_name, args, message) => refused(args, message));

  it("refuses a folder as its output", async () => {
    const folder = emptyFolder();
    inSqlite(join(folder, "shop.db"));
    expectFailure(
      await waybill(["export", "orders", "--source", "sqlite:shop.db", "-f", "csv", "-o", "."], folder),
      2,
      /"\." is a folder/,
    );
    expect(filesIn(folder)).toEqual(["shop.db"]);
  });
});
