// The command line: reads arguments, runs one command, gives an exit code.
import { readFileSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { exportCommand } from "./export.ts";
import { objectsCommand } from "./objects.ts";
import { showError } from "./show-error.ts";

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
    .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, "waybill: ")) });
  for (const command of [exportCommand(), objectsCommand()]) {
    program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return COMPLETE;
  } catch (error) {
    // Commander has said its errors already; its exit code 0 stands for --help and --version.
    if (error instanceof CommanderError) return error.exitCode === 0 ? COMPLETE : WRONG_COMMAND_LINE;
    return showError(error);
  }
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
