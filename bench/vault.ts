// `npm run bench:vault`: sealing beside the age program, a range of a sealed file beside the plain one, and what sealing adds to an export.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, open, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { identitiesIn } from "../src/vault/age-keys.ts";
import { folderStore } from "../src/vault/folder-store.ts";
import { Sealing } from "../src/vault/sealing.ts";
import { openVault, type Vault } from "../src/vault/vault.ts";
import { type Command, runCommand, waybill } from "./processes.ts";

const ROUNDS = count("BENCH_RUNS", 5);
const SEAL_BYTES = count("BENCH_SEAL_BYTES", 2 ** 30);
const RANGE_BYTES = count("BENCH_RANGE_BYTES", 4 * 2 ** 30);
const ROWS = count("BENCH_ROWS", 1_000_000);
const RANGE = 1 << 20;
const RANGES = 400;
/** What was promised. */
const RANGE_AT_MOST = 5;
const EXPORT_AT_MOST = 1.1;

const signal = new AbortController().signal;

function count(name: string, usual: number): number {
  const value = Number(process.env[name] ?? usual);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} must be a whole number from 1 on`);
  return value;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** Seconds that something takes. */
async function timed(what: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await what();
  return (performance.now() - begin) / 1000;
}

function rate(bytes: number, seconds: number): string {
  return `${(bytes / seconds / 1e9).toFixed(2)} GB/s`;
}

/** Bytes of noise, over and over. */
async function pour(size: number, write: (piece: Buffer) => Promise<unknown>): Promise<void> {
  const noise = randomBytes(1 << 20);
  for (let at = 0; at < size; at += noise.length) await write(noise.subarray(0, Math.min(noise.length, size - at)));
}

/** Sealing alone, sealing a file as a program of its own, and what age needs for the same file. */
async function sealing(folder: string, recipient: string, identity: string): Promise<void> {
  const [own] = identitiesIn(await readFile(identity, "utf8"), identity);
  const alone: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const seals = new Sealing({ write: async () => {} }, [own!.recipient]);
    alone.push(await timed(() => pour(SEAL_BYTES, (piece) => seals.write(piece)).then(() => seals.end())));
  }
  console.log(`sealing alone, on one thread: ${rate(SEAL_BYTES, median(alone))}`);
  const plain = join(folder, "plain");
  const sealed = join(folder, "sealed.age");
  {
    await using file = await open(plain, "w");
    await pour(SEAL_BYTES, (piece) => file.write(piece));
  }
  const script = `
    import { open } from "node:fs/promises";
    import { recipientOf } from ${JSON.stringify(import.meta.resolve("../src/vault/age-keys.ts"))};
    import { sealedOutput } from ${JSON.stringify(import.meta.resolve("../src/cli/sealed-output.ts"))};
    import { openOutput } from ${JSON.stringify(import.meta.resolve("../src/cli/output.ts"))};
    const output = sealedOutput(await openOutput(${JSON.stringify(sealed)}), recipientOf(${JSON.stringify(recipient)}));
    const file = await open(${JSON.stringify(plain)});
    for await (const piece of file.createReadStream({ highWaterMark: 1 << 20 })) await output.write(piece);
    await output.publish();`;
  const ours: Command = { program: process.execPath, args: ["--input-type=module", "-e", script] };
  const synced = (command: string): Command => ({ program: "sh", args: ["-c", `${command} && sync -d ${sealed}`] });
  const theirs = synced(`age -r ${recipient} -o ${sealed} ${plain}`);
  const seconds = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [whose, command] of [
      ["ours", ours],
      ["theirs", theirs],
    ] as const) {
      seconds[whose].push((await runCommand(command, signal)).seconds);
      await rm(sealed);
    }
  }
  const [us, them] = [median(seconds.ours), median(seconds.theirs)];
  console.log(
    `a file of ${SEAL_BYTES} bytes, to the disk: Waybill ${us.toFixed(2)} s (${rate(SEAL_BYTES, us)}), age -r ${them.toFixed(2)} s (${rate(SEAL_BYTES, them)}), ratio ${(us / them).toFixed(2)}`,
  );
  await rm(plain);
}

/** Ranges at random places, of a sealed file that is open, and of the same bytes as they are. */
async function ranges(folder: string, vault: Vault): Promise<number> {
  const archive = await vault.seal("range.age");
  await pour(RANGE_BYTES, (piece) => archive.write(piece));
  await archive.publish();
  const sealed = await vault.open("range.age");
  // The sealed file itself is as large as its content, and lies in the same cache.
  await using plain = await open(join(folder, "vault", "range.age"));
  const places = Array.from({ length: RANGES }, () => Math.floor(Math.random() * (RANGE_BYTES - RANGE)));
  const seconds = { plain: [] as number[], sealed: [] as number[] };
  for (const at of places) {
    // Once for the cache.
    await plain.read(Buffer.allocUnsafeSlow(RANGE + 65_536 * 2), 0, RANGE + 65_536 * 2, at);
    seconds.plain.push(await timed(() => plain.read(Buffer.allocUnsafeSlow(RANGE), 0, RANGE, at)));
    seconds.sealed.push(
      await timed(async () => {
        let length = 0;
        for await (const piece of sealed.range(at, at + RANGE)) length += piece.length;
        if (length !== RANGE) throw new Error("a range of another length");
      }),
    );
  }
  await sealed.close();
  const [us, them] = [median(seconds.sealed), median(seconds.plain)];
  const opening = await timed(async () => (await vault.open("range.age")).close());
  console.log(
    `1 MiB of ${RANGE_BYTES} bytes: sealed ${(us * 1e3).toFixed(2)} ms, plain ${(them * 1e3).toFixed(2)} ms, ratio ${(us / them).toFixed(2)}; opening ${(opening * 1e3).toFixed(2)} ms`,
  );
  return us / them;
}

/** An export to a zip, plain and for a recipient. */
async function exports(folder: string, recipient: string): Promise<number> {
  const database = join(folder, "shop.db");
  {
    using sqlite = new DatabaseSync(database);
    sqlite.exec(`
      CREATE TABLE sales (id INTEGER PRIMARY KEY, name TEXT, note TEXT, amount REAL, day TEXT);
      WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
      INSERT INTO sales SELECT i, 'Customer ' || (i * 7919 % 1000003), hex(randomblob(12)), i * 37 % 100000 / 100.0, '2024-05-01' FROM n`);
  }
  const common = ["export", "sales", "--source", `sqlite:${database}`, "-f", "csv", "--container", "zip", "-q"];
  const out = join(folder, "sales.zip");
  const seconds = { plain: [] as number[], sealed: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    const kinds = [
      ["plain", waybill(...common, "-o", out)],
      ["sealed", waybill(...common, "-o", `${out}.age`, "--recipient", recipient)],
    ] as const;
    for (const [kind, command] of round % 2 === 0 ? kinds : kinds.toReversed()) {
      seconds[kind].push((await runCommand(command, signal)).seconds);
    }
  }
  const [us, them] = [median(seconds.sealed), median(seconds.plain)];
  const { size } = await stat(out);
  console.log(
    `${ROWS} rows as a zipped CSV (${size} bytes): sealed ${us.toFixed(2)} s, plain ${them.toFixed(2)} s, ratio ${(us / them).toFixed(3)}`,
  );
  return us / them;
}

if (spawnSync("age", ["--version"]).status !== 0) {
  throw new Error("The benchmark needs age; install with: sudo apt-get install age");
}
const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
try {
  await mkdir(join(folder, "vault"));
  const vault = await openVault(await folderStore(join(folder, "vault")), join(folder, "keys"));
  const identity = join(folder, "keys", "identity.txt");
  const recipient = /age1\w+/.exec(await readFile(identity, "utf8"))![0];
  await sealing(folder, recipient, identity);
  const range = await ranges(folder, vault);
  const whole = await exports(folder, recipient);
  const missed = [
    ...(range > RANGE_AT_MOST
      ? [`Missed: a range took ${range.toFixed(2)} times as long; at most ${RANGE_AT_MOST}.`]
      : []),
    ...(whole > EXPORT_AT_MOST
      ? [`Missed: a sealed export took ${whole.toFixed(3)} times as long; at most ${EXPORT_AT_MOST}.`]
      : []),
  ];
  for (const line of missed) console.error(line);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true });
}
