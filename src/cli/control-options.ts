// What commands of administration have in common: where the control database is, and which org is meant.
import { access } from "node:fs/promises";
import type { Command } from "commander";
import type { Config } from "../config/config.ts";
import type { Control } from "../control/open.ts";
import type { Person } from "../control/tables.ts";
import { usageError } from "../lib/errors.ts";
import { suggest } from "../lib/suggest.ts";

export interface ControlOptions {
  readonly dataDir: string;
  readonly config?: string;
}

const DEFAULT_CONFIG = "waybill.yaml";

/** Adds the options that they share. */
export function withControl(command: Command): Command {
  return command
    .option("--data-dir <folder>", "the folder of the embedded database, where DATABASE_URL is not set", ".waybill")
    .option("-c, --config <file>", "the configuration (else ./waybill.yaml, where there is one)");
}

/** Runs a task with the control database, and closes it whatever happens. */
export async function withOpenControl<Result>(
  { dataDir }: ControlOptions,
  task: (control: Control) => Promise<Result>,
): Promise<Result> {
  // Neither database need be loaded by commands that use none.
  const { openControl } = await import("../control/open.ts");
  const databaseUrl = process.env["DATABASE_URL"];
  const control = await openControl({ databaseUrl: databaseUrl === "" ? null : (databaseUrl ?? null), dataDir });
  try {
    return await task(control);
  } finally {
    await control.close();
  }
}

/** The configuration; null where none is named and none is here. */
export async function configuration({ config }: ControlOptions): Promise<Config | null> {
  const here = await access(DEFAULT_CONFIG).then(
    () => true,
    () => false,
  );
  if (config === undefined && !here) return null;
  const { readConfig } = await import("../config/read.ts");
  return readConfig(config ?? DEFAULT_CONFIG, process.env);
}

/**
 * The org that is meant: the one that is named, or the only one of the configuration.
 * @throws usageError `unknown-org`, `which-org`
 */
export async function orgOf(options: ControlOptions, named: string | undefined): Promise<string> {
  const config = await configuration(options);
  const codes = [...(config?.orgs.keys() ?? [])];
  if (named !== undefined) {
    if (config === null || codes.includes(named)) return checkedCode(named);
    throw usageError("unknown-org", `The configuration has no organisation "${named}".`, {
      hint: suggest(named, codes),
    });
  }
  if (codes.length === 1) return codes[0]!;
  throw usageError("which-org", "Which organisation is meant?", {
    hint: codes.length === 0 ? "Name it with --org." : `Name it with --org: ${codes.join(", ")}.`,
  });
}

function checkedCode(code: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(code)) return code;
  throw usageError("unknown-org", "An organisation's code has letters, digits, - and _ only.");
}

/** @throws usageError `unknown-person` */
export async function personNamed(control: Control, email: string): Promise<Person> {
  const { findPersonByEmail, listPeople } = await import("../control/people.ts");
  const person = await findPersonByEmail(control.db, email);
  if (person !== undefined) return person;
  const known = (await listPeople(control.db)).map((it) => it.email);
  throw usageError("unknown-person", `Nobody has the mail address "${email}".`, {
    hint: suggest(email, known) ?? "waybill user add makes an account.",
  });
}

/** A day and time for people, in UTC. */
export function timeText(date: Date | null): string {
  return date === null ? "" : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
