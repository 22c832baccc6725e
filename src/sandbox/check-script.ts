// Looks for mistakes of syntax in a script, without running anything of it.
import { SOURCE, TIME } from "./limits.ts";
import { interpret } from "./process.ts";

/** A mistake in a script, at a line and column counted from 1. */
export interface ScriptMistake {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Gives the first mistake of syntax, or null. The parser is not trusted more than the script, so it has its own process.
 *
 * @throws the signal's reason when it is aborted
 */
export async function checkScript(source: string, signal?: AbortSignal): Promise<ScriptMistake | null> {
  if (Buffer.byteLength(source, "utf8") > SOURCE) {
    return { message: `The script has more than ${SOURCE / 1024} KiB.`, line: 1, column: 1 };
  }
  const { end, error } = await interpret(
    { source, facts: null, milliseconds: TIME },
    signal ?? new AbortController().signal,
  );
  if (end === "done") return null;
  return { message: error?.message ?? "It cannot be read.", line: error?.line ?? 1, column: error?.column ?? 1 };
}
