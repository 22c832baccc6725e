// Errors as a person meets them: one plain sentence and a hint, never a stack trace.
import { WaybillError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";

/** Prints an error to standard error and gives the exit code that goes with it. */
export function showError(error: unknown): number {
  if (error instanceof WaybillError) {
    process.stderr.write(`waybill: ${printable(error.message)}\n`);
    for (const { pointer, detail } of error.places) {
      if (pointer !== "" && detail === error.message) process.stderr.write(`  at ${printable(pointer)}\n`);
    }
    if (error.hint !== undefined) process.stderr.write(`  ${printable(error.hint)}\n`);
    // The first place is what the message is about.
    for (const { detail } of error.places.slice(1)) process.stderr.write(`${printable(detail)}\n`);
    return error.kind === "usage" ? 2 : 1;
  }
  const detail = error instanceof Error ? error.message : String(error);
  process.stderr.write(`waybill: Something failed that should not: ${printable(detail)}\n`);
  if (process.env["WAYBILL_DEBUG"] !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  else process.stderr.write("  This is a defect of Waybill. Set WAYBILL_DEBUG=1 to see where.\n");
  return 1;
}
