// `waybill export --recipient`: the output is an age file that only its recipient opens.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newIdentityFile } from "../../src/vault/age-keys.ts";
import { needed } from "../readers/programs.ts";
import { emptyFolder, expectFailure, filesIn, shell, start, until, waybill } from "./program.ts";
import { inSqlite, LARGE_ROWS, ORDERS_CSV } from "./tables.ts";

let folder = "";
let source: string[] = [];
let identity = "";
let recipient = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-recipient-"));
  source = ["--source", `sqlite:${join(folder, "shop.db")}`];
  inSqlite(join(folder, "shop.db"), true);
  identity = join(folder, "identity.txt");
  writeFileSync(identity, newIdentityFile(new Date()), { mode: 0o600 });
  recipient = /age1\w+/.exec(readFileSync(identity, "utf8"))![0];
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What age makes of a file. */
function opened(sealed: Buffer): Buffer {
  return execFileSync(needed("age"), ["-d", "-i", identity], { input: sealed, maxBuffer: 1 << 28 });
}

it.each([
  ["o.csv.age", (bytes: Buffer) => bytes],
  ["o.csv", (bytes: Buffer) => bytes],
  ["o.csv.gz.age", gunzipSync],
  ["O.CSV.AGE", (bytes: Buffer) => bytes],
])("encrypts %s, whose name stays as it is", async (name, unpacked) => {
  const out = emptyFolder();
  const args = ["export", "orders", ...source, "--recipient", recipient, "-o", name, "-q"];
  expect(await waybill(args, out)).toMatchObject({ code: 0, stderr: "" });
  expect(filesIn(out)).toEqual([name]);
  const sealed = readFileSync(join(out, name));
  expect(sealed.toString("latin1")).toMatch(/^age-encryption\.org\/v1\n-> X25519 /);
  expect(unpacked(opened(sealed)).toString()).toBe(ORDERS_CSV);
});

it("encrypts a zip, a workbook and standard output", async () => {
  const out = emptyFolder();
  const sealed = ["export", "orders", ...source, "--recipient", recipient, "-q"];
  expect(await waybill([...sealed, "-o", "o.zip.age", "-f", "csv"], out)).toMatchObject({ code: 0, stderr: "" });
  writeFileSync(join(out, "o.zip"), opened(readFileSync(join(out, "o.zip.age"))));
  expect(await waybill(["verify", "o.zip"], out)).toMatchObject({ code: 0 });
  const workbook = await waybill([...sealed, "-f", "xlsx"]);
  expect(opened(workbook.stdout).subarray(0, 2).toString()).toBe("PK");
  expect(opened((await waybill([...sealed, "-f", "csv"])).stdout).toString()).toBe(ORDERS_CSV);
});

it("of millions of rows too, and nothing plain is ever beside the output", async () => {
  const out = emptyFolder();
  const run = start(["export", "large", ...source, "--recipient", recipient, "-o", join(out, "l.csv.age"), "-q"]);
  await until(() => filesIn(out).some((name) => readFileSync(join(out, name)).length > 1 << 20), 20_000);
  for (const name of filesIn(out)) expect(readFileSync(join(out, name)).includes("text number")).toBe(false);
  expect(await run.ended).toMatchObject({ code: 0, stderr: "" });
  const text = opened(readFileSync(join(out, "l.csv.age"))).toString("latin1");
  expect(text.split("\n").length).toBe(LARGE_ROWS + 2);
});

it("leaves nothing when it is interrupted", async () => {
  const out = emptyFolder();
  const run = start(["export", "large", ...source, "--recipient", recipient, "-o", join(out, "l.csv.age"), "-q"]);
  await until(() => filesIn(out).length > 0, 20_000);
  run.kill("SIGINT");
  expectFailure(await run.ended, 1, /The export was interrupted; nothing was written\./);
  expect(filesIn(out)).toEqual([]);
});

it("a disk that is full is said as ever", async () => {
  const args = ["export", "orders", ...source, "--recipient", recipient, "-o", "/dev/full", "-f", "csv", "-q"];
  expectFailure(await waybill(args), 1, /There is no space left to write/);
});

describe("before anything runs", () => {
  it.each([
    ["age1wrong", /--recipient is not an age recipient: a character is wrong or missing\./],
    ["someone@example.org", /--recipient is not an age recipient: it does not begin with age1\./],
    ["ssh-ed25519 AAAA", /--recipient is not an age recipient: SSH keys are not supported\./],
  ])("refuses --recipient %s", async (text, message) => {
    const out = emptyFolder();
    const args = ["export", "orders", "--source", "sqlite:none.db", "--recipient", text, "-o", join(out, "o.csv.age")];
    expectFailure(await waybill(args), 2, message);
    expect(filesIn(out)).toEqual([]);
  });

  it("refuses a secret key, and does not show it", async () => {
    const secret = /AGE-SECRET-KEY-1\w+/.exec(readFileSync(identity, "utf8"))![0];
    const ended = await waybill(["export", "orders", ...source, "--recipient", secret, "-f", "csv"]);
    expect([ended.code, ended.stderr]).toEqual([
      2,
      expect.stringMatching(/not an age recipient: it is a secret key\.\n/),
    ]);
    expect(ended.stderr).not.toContain(secret);
  });

  it("refuses a name that ends with .age where nothing is encrypted", async () => {
    const out = emptyFolder();
    const ended = await waybill(["export", "orders", ...source, "-o", "o.csv.age"], out);
    expectFailure(ended, 2, /The output "o\.csv\.age" would not be encrypted\./);
    expect(filesIn(out)).toEqual([]);
  });

  it("refuses a terminal", async () => {
    const line = `export orders ${source.join(" ")} -f csv --recipient ${recipient}`;
    const ended = await shell(`script -qec "$WAYBILL ${line}" /dev/null`);
    expect(ended.stdout.toString()).toMatch(/Encrypted data is not for a terminal\./);
    expect(ended.code).toBe(2);
  });
});
