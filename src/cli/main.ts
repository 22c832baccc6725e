// The command line: reads arguments, runs one command, gives an exit code.
import { Command, CommanderError } from "commander";
import { usageError, type WaybillError } from "../lib/errors.ts";
import { backupCommand, restoreCommand } from "./backup.ts";
import { doctorCommand } from "./doctor.ts";
import { exportCommand } from "./export.ts";
import { initCommand } from "./init.ts";
import { objectsCommand } from "./objects.ts";
import { orgCommand } from "./org.ts";
import { outputError } from "./output-error.ts";
import { serveCommand } from "./serve.ts";
import { showError } from "./show-error.ts";
import { templateCommand } from "./template.ts";
import { tokenCommand } from "./token.ts";
import { userCommand } from "./user.ts";
import { verifyCommand } from "./verify.ts";
import { runDueCommand, workerCommand } from "./worker.ts";
import { version } from "../lib/version.ts";

/** Makes a closed pipe or a full disk at a standard stream an error in plain words; once in a process. */
export function guardStandardStreams(): void {
  // Whoever does not listen to remarks does not keep an export from its end.
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error) => (process.exitCode = showError(outputError(error, "standard output"))));
}

/** Exit codes (CONTRACT section 1). */
const COMPLETE = 0;
const WRONG_COMMAND_LINE = 2;

/**
 * Runs the command line.
 * @param args what follows the program's name.
 * @returns the exit code: 0 complete, 1 failed, 2 wrong command line or configuration.
 */
export async function main(args: readonly string[]): Promise<number> {
  const program = new Command("waybill")
    .description("Turns a database into files: filtered, chosen, complete.")
    .version(version(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .exitOverride()
    // Errors are shown in one place, below.
    .configureOutput({ outputError: () => {} });
  const commands = [
    initCommand(),
    exportCommand(),
    objectsCommand(),
    templateCommand(),
    serveCommand(),
    workerCommand(),
    runDueCommand(),
    doctorCommand(),
    verifyCommand(),
    userCommand(),
    tokenCommand(),
    orgCommand(),
    backupCommand(),
    restoreCommand(),
  ];
  for (const command of commands) program.addCommand(inheriting(command, program));
  try {
    await program.parseAsync([...args], { from: "user" });
    return COMPLETE;
  } catch (error) {
    if (!(error instanceof CommanderError)) return showError(error);
    // Help and version have been printed already; without a command, help is what an error is.
    if (error.exitCode === 0) return COMPLETE;
    return error.code === "commander.help" ? WRONG_COMMAND_LINE : showError(inOurWords(error));
  }
}

/** A command whose mistakes, and those of its own commands, are shown in one place. */
function inheriting(command: Command, from: Command): Command {
  command.copyInheritedSettings(from).helpCommand(false);
  for (const own of command.commands) inheriting(own, command);
  return command;
}

/** `error: unknown option '--sorce'\n(Did you mean --source?)` as a sentence and a hint. */
function inOurWords({ message }: CommanderError): WaybillError {
  const [, what = message, hint] = /^error: ([^\n]*?)\.?(?:\n\((.*)\))?$/.exec(message) ?? [];
  const sentence = `${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`;
  return usageError("command-line", sentence, { hint: hint ?? "Run waybill --help to see what there is." });
}
