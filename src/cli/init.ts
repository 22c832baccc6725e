// `waybill init`: reads databases and writes a first configuration, or adds to one what is new.
import { readFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { usageError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";
import { interruptible } from "./interrupt.ts";
import { openOutput } from "./output.ts";
import { version } from "../lib/version.ts";

interface InitOptions {
  readonly out: string;
  readonly org?: string;
  readonly sample: string;
  readonly dryRun?: true;
  readonly quiet?: true;
}

export function initCommand(): Command {
  return new Command("init")
    .description("read databases and write a commented configuration, or add what is new to one")
    .argument("[source-url...]", "postgres://user@host/database, sqlite:file.db, …")
    .option("-o, --out <file>", "the configuration", "waybill.yaml")
    .option("--org <code>", "the org (else the file's only one, or made of the first database's name)")
    .addOption(new Option("--sample <n>", "records of each table to look at; 0 for none").default("200"))
    .option("--dry-run", "print the configuration and write nothing")
    .option("-q, --quiet", "print nothing but errors")
    .action((urls: readonly string[], options: InitOptions) => runInit(urls, options));
}

async function runInit(urls: readonly string[], options: InitOptions): Promise<void> {
  if (!/^\d{1,5}$/.test(options.sample)) {
    throw usageError("sample-not-suited", "--sample must be a whole number up to 99,999.", {
      hint: "Write --sample 200.",
    });
  }
  const { init } = await import("../init/init.ts");
  const { nextSteps, summaryOf } = await import("../init/summary.ts");
  const file = options.out;
  const text = await existing(file);
  await interruptible(async (signal) => {
    const result = await init(
      {
        urls,
        file,
        text,
        org: options.org ?? null,
        sample: Number(options.sample),
        program: `Waybill ${version()}`,
        env: process.env,
        onTable: (source, table) => tell(options, `${source}: ${table}`),
      },
      signal,
    );
    tell(options, "");
    if (options.dryRun === true) await publish("-", result.text);
    else if (result.isChanged) await publish(file, result.text);
    if (options.quiet === true) return;
    const lines = [...summaryOf(result, file, text === null, options.dryRun === true), ...nextSteps(result, file)];
    process.stderr.write(lines.map((line) => `${printable(line)}\n`).join(""));
  }, "Reading the databases");
}

/** The text of the file that is there; null when there is none. */
async function existing(file: string): Promise<string | null> {
  if (file === "-") return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The folder is looked at when the file is written.
    if (code === "ENOENT") return null;
    throw usageError("config", `The file "${file}" is there and cannot be read as a configuration.`, {
      hint: error instanceof TypeError ? "It must hold text in UTF-8." : "Check that it is a file that you may read.",
      cause: error,
    });
  }
}

async function publish(file: string, text: string): Promise<void> {
  const output = await openOutput(file);
  try {
    await output.write(Buffer.from(text, "utf8"));
    await output.publish();
  } finally {
    await output.discard();
  }
}

/** The table that is being looked at, on a terminal. */
function tell({ quiet }: InitOptions, what: string): void {
  if (quiet === true || !process.stderr.isTTY) return;
  process.stderr.write(`\r\u001b[K${printable(what).slice(0, (process.stderr.columns ?? 80) - 1)}`);
}
