// `waybill verify`: checks an archive against its own description.
import { Command } from "commander";
import type { Verdict } from "../engine/verify.ts";
import { printable } from "../lib/printable.ts";
import { failure } from "../lib/errors.ts";
import { interruptible } from "./interrupt.ts";

export function verifyCommand(): Command {
  return new Command("verify")
    .description("check an archive against its datapackage.json: sizes, hashes, rows, missing and extra files")
    .argument("<archive>", "the zip file")
    .option("--json", "print what was found as JSON")
    .action((archive: string, options: { readonly json?: true }) => runVerify(archive, options.json === true));
}

/** @throws failure `archive-damaged` when something is not as described */
async function runVerify(archive: string, json: boolean): Promise<void> {
  // What reads archives takes memory and a moment, which no export should pay for.
  const { verify } = await import("../engine/verify.ts");
  await interruptible(async (signal) => {
    const verdict = await verify(archive, signal);
    process.stdout.write(json ? `${JSON.stringify(verdict)}\n` : shown(archive, verdict));
    const count = verdict.findings.length + verdict.more;
    if (count === 0) return;
    throw failure(
      "archive-damaged",
      `${archive} is not as it was made: ${count} ${count === 1 ? "thing is" : "things are"} wrong.`,
      { hint: "Fetch it again, or make the export again." },
    );
  });
}

function shown(archive: string, { files, rows, findings, more }: Verdict): string {
  const count = (value: number, one: string, many: string): string =>
    `${value.toLocaleString("en-US")} ${value === 1 ? one : many}`;
  if (findings.length === 0) {
    return `${printable(archive)}: ${count(files, "file", "files")}, ${count(rows, "row", "rows")}, all as described.\n`;
  }
  const lines = findings.map(({ path, detail }) => `${printable(path ?? archive)}: ${printable(detail)}\n`);
  return `${lines.join("")}${more > 0 ? `… and ${count(more, "finding", "findings")} more.\n` : ""}`;
}
