// `npm run torture:vault [-- folder | bucket | age]`: what is too long for the tests. Kills writers of archives 50 times in either store, and passes 5 GiB
// between the vault and the age program, both ways.
import { spawn, spawnSync } from "node:child_process";
import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { killRounds } from "../../test/vault/killing.ts";
import { bucketPlace, folderPlace, type OpenPlace } from "../../test/vault/places.ts";
import { folderStore } from "../../src/vault/folder-store.ts";
import { openVault } from "../../src/vault/vault.ts";

const KILLS = Number(process.env["TORTURE_KILLS"] ?? 50);
const SIZE = Number(process.env["TORTURE_BYTES"] ?? 5 * 2 ** 30);

const [only] = process.argv.slice(2);

async function kills(name: string, place: OpenPlace): Promise<void> {
  try {
    const { archives, cleared } = await killRounds(place, KILLS);
    console.log(
      `${name}: ${KILLS} kills, ${archives} archives, all whole; ${cleared} times leftovers were cleared away`,
    );
  } finally {
    await place.stop();
  }
}

/** Bytes that do not repeat within a chunk; a hash is told of them. */
function* plainBytes(hash: Hash): Generator<Buffer> {
  const piece = Buffer.alloc(1 << 20);
  for (let at = 0; at < piece.length; at += 4) piece.writeUInt32LE((at * 2_654_435_761) >>> 0, at);
  for (let at = 0; at < SIZE; at += piece.length) {
    piece.writeDoubleLE(at, 0);
    const part = piece.subarray(0, Math.min(piece.length, SIZE - at));
    hash.update(part);
    yield part;
  }
}

async function largeArchives(folder: string): Promise<void> {
  const vault = await openVault(await folderStore(join(folder, "vault")), join(folder, "keys"));
  const written = createHash("sha256");
  const archive = await vault.seal("ours.age");
  for (const piece of plainBytes(written)) await archive.write(piece);
  await archive.publish();
  const digest = written.digest("hex");
  const check = (what: string, hash: Hash): void => {
    if (hash.digest("hex") !== digest) throw new Error(`${what}: not what was written`);
    console.log(`${what}: ${SIZE} bytes, the same`);
  };
  const key = join(folder, "keys", "identity.txt");

  const opens = spawn("age", ["-d", "-i", key, join(folder, "vault", "ours.age")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const byAge = createHash("sha256");
  await pipeline(opens.stdout, byAge);
  check("ours, opened by age", byAge);
  await vault.delete("ours.age");

  const recipient = await vault.rotate();
  const seals = spawn("age", ["-r", recipient], { stdio: ["pipe", "pipe", "inherit"] });
  const stored = pipeline(seals.stdout, createWriteStream(join(folder, "vault", "theirs.age")));
  const again = createHash("sha256");
  for (const piece of plainBytes(again)) if (!seals.stdin.write(Buffer.from(piece))) await once(seals.stdin, "drain");
  seals.stdin.end();
  await stored;
  const theirs = await vault.open("theirs.age");
  const byUs = createHash("sha256");
  for await (const piece of theirs.range(0, theirs.size)) byUs.update(piece);
  await theirs.close();
  check("age's, opened by us", byUs);
}

if (only === undefined || only === "folder") await kills("folder", folderPlace());
if (only === undefined || only === "bucket") await kills("bucket", await bucketPlace());
if (only === undefined || only === "age") {
  if (spawnSync("age", ["--version"]).status !== 0) throw new Error("age is needed: sudo apt-get install age");
  const folder = await mkdtemp(join(tmpdir(), "waybill-torture-"));
  try {
    await largeArchives(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
