// `npm run torture:records [-- files | folders]`: 10,000 records with 3 files each, 4 GiB in all, one in a thousand missing and one
// in a thousand changed while it is read. The archive must be complete, and memory stay below 300 MB.
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runWatched } from "../../bench/peak.ts";
import { runCommand, waybill } from "../../bench/processes.ts";
import { changeMeanwhile, checkManyFiles, makeManyFiles } from "../../test/archives/many-files.ts";

const RECORDS = Number(process.env["TORTURE_RECORDS"] ?? 10_000);
const BYTES = Number(process.env["TORTURE_BYTES"] ?? 4 * 2 ** 30);
const PEAK_BELOW = 300e6;

const [only] = process.argv.slice(2);
const { signal } = new AbortController();
const folder = await mkdtemp(join(tmpdir(), "waybill-torture-"));
try {
  const made = makeManyFiles(folder, {
    records: RECORDS,
    filesEach: 3,
    bytes: BYTES,
    smallest: 1000,
    largest: 20_000_000,
    oneIn: 1000,
  });
  console.log(
    `${made.records} records, ${made.hashes.size} files, ${made.bytes} bytes; ${made.missing.size} missing, ${made.changing.size} changing`,
  );
  for (const layout of ["files", "folders"] as const) {
    if (only !== undefined && only !== layout) continue;
    const archive = join(folder, `${layout}.zip`);
    const options = [
      "--config",
      join(folder, "waybill.yaml"),
      "--layout",
      layout,
      "--files",
      "--out",
      archive,
      "--quiet",
    ];
    const watched = await (async () => {
      await using _ = await changeMeanwhile(made);
      return await runWatched(waybill("export", "samples", ...options), signal);
    })();
    const { size } = await stat(archive);
    console.log(
      `${layout}: ${size} bytes in ${watched.seconds.toFixed(1)} s, peak ${(watched.peak / 1e6).toFixed(0)} MB`,
    );
    const changed = await checkManyFiles(made, archive, layout);
    console.log(
      `${layout}: every file that could be read is the same, every other one is listed: ${made.missing.size} missing, ${changed} changed`,
    );
    if (changed < made.changing.size / 2) throw new Error("too few files changed while they were read");
    await runCommand({ program: "unzip", args: ["-tqq", archive] }, signal);
    const verified = await runCommand(waybill("verify", archive), signal);
    console.log(`unzip finds nothing wrong; waybill verify: ${verified.output.slice(archive.length).trim()}`);
    await rm(archive);
    if (watched.peak >= PEAK_BELOW) {
      console.error(`Missed: ${layout} needed ${(watched.peak / 1e6).toFixed(0)} MB; below ${PEAK_BELOW / 1e6} MB.`);
      process.exitCode = 1;
    }
  }
} finally {
  await rm(folder, { recursive: true });
}
