// `npm run bench:files`: a folder of 2 GiB in mixed files to a sealed zip, against `zip -1 -r - . | age -r …` on the same files.
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeManyFiles } from "../test/archives/many-files.ts";
import { folderStore } from "../src/vault/folder-store.ts";
import { openVault } from "../src/vault/vault.ts";
import { runWatched, type Watched } from "./peak.ts";
import { type Command, runCommand, waybill } from "./processes.ts";

const ROUNDS = Number(process.env["BENCH_RUNS"] ?? 3);
const BYTES = Number(process.env["BENCH_FILE_BYTES"] ?? 2 * 2 ** 30);
/** What was promised: no less than 0.8 times their speed. */
const TIME_AT_MOST = 1 / 0.8;
const { signal } = new AbortController();

for (const program of ["age", "zip"]) {
  const { error } = spawnSync(program, ["-h"], { stdio: "ignore" });
  if (error !== undefined)
    throw new Error(`The benchmark needs ${program}; install with: sudo apt-get install ${program}`);
}
const folder = await mkdtemp(join(tmpdir(), "waybill-bench-"));
try {
  const amount = { filesEach: 3, bytes: BYTES, smallest: 1000, largest: 20_000_000, oneIn: Infinity };
  const made = makeManyFiles(folder, { records: Math.ceil(BYTES / 430_000), ...amount });
  await openVault(await folderStore(join(folder, "vault")), join(folder, "keys"));
  const recipient = /age1\w+/.exec(await readFile(join(folder, "keys", "identity.txt"), "utf8"))![0];
  const out = join(folder, "out.zip.age");
  const configuration = join(folder, "waybill.yaml");
  const options = ["--config", configuration, "--layout", "files", "--recipient", recipient, "--out", out, "--quiet"];
  const ours = waybill("export", "samples", ...options);
  // We wait until all is on the disk, and so must they.
  const script = 'set -o pipefail; cd "$1" && zip -q -1 -r - . | age -r "$2" > "$3" && sync -d "$3"';
  const theirs: Command = {
    program: "bash",
    args: ["-c", script, "bash", join(folder, "store"), recipient, out],
  };
  const runs: { readonly ours: Watched[]; readonly theirs: Watched[] } = { ours: [], theirs: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const both = [
      ["ours", ours],
      ["theirs", theirs],
    ] as const;
    for (const [whose, command] of round % 2 === 0 ? both : both.toReversed()) {
      const run = await runWatched(command, signal);
      runs[whose].push(run);
      const { size } = await stat(out);
      console.log(`${run.seconds.toFixed(2)} s, ${(run.peak / 1e6).toFixed(0)} MB, ${size} bytes  ${whose}`);
      if (whose === "ours" && round === 0) await checkSealed(out, made.hashes.size);
      await rm(out);
    }
  }
  const median = (all: readonly Watched[]): number =>
    all.map(({ seconds }) => seconds).toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
  const ratio = median(runs.ours) / median(runs.theirs);
  console.log(
    `${made.hashes.size} files, ${made.bytes} bytes, to a sealed zip: Waybill ${median(runs.ours).toFixed(2)} s, ` +
      `zip -1 | age ${median(runs.theirs).toFixed(2)} s, ratio ${ratio.toFixed(2)}, at most ${TIME_AT_MOST}`,
  );
  if (ratio > TIME_AT_MOST) {
    console.error(`Missed: it took ${ratio.toFixed(2)} times as long; at most ${TIME_AT_MOST}.`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}

/** The age program opens it, and what is inside has every file. */
async function checkSealed(sealed: string, files: number): Promise<void> {
  const zip = join(folder, "opened.zip");
  await runCommand(
    { program: "age", args: ["-d", "-i", join(folder, "keys", "identity.txt"), "-o", zip, sealed] },
    signal,
  );
  await runCommand({ program: "unzip", args: ["-tqq", zip] }, signal);
  const { output } = await runCommand({ program: "unzip", args: ["-Zt", zip] }, signal);
  // And the two descriptors.
  const wanted = files + 2;
  if (!output.startsWith(`${wanted} files`)) throw new Error(`unzip found ${output.trim()}, not ${wanted} files`);
  await rm(zip);
}
