// Errors as a person meets them: one plain sentence and a hint, never a stack trace.
import { WaybillError } from "../lib/errors.ts";
import { printable } from "../lib/printable.ts";

/** Prints an error to standard error and gives the exit code that goes with it. */
export function showError(error: unknown): number {
  if (error instanceof WaybillError) {
    process.stderr.write(`waybill: ${printable(error.message)}\n`);
    for (const { pointer, detail } of error.places) {
      // Mistakes of the configuration have their line in the message.
      if (pointer !== "" && detail === error.message && error.code !== "config")
        process.stderr.write(`  at ${printable(pointer)}\n`);
    }
    if (error.hint !== undefined) process.stderr.write(`  ${printable(error.hint)}\n`);
    // The first place is what the message is about.
    for (const { pointer, detail } of error.places.slice(1)) {
      // Those of a configuration begin with their place in the file.
      const place = error.code === "config" ? "" : pointer.startsWith("/") ? `  at ${printable(pointer)}: ` : "  ";
      process.stderr.write(`${place}${printable(detail)}\n`);
    }
    return error.kind === "usage" ? 2 : 1;
  }
  const detail = error instanceof Error ? error.message : String(error);
  process.stderr.write(`waybill: Something failed that should not: ${printable(detail)}\n`);
  if (process.env["WAYBILL_DEBUG"] !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  else process.stderr.write("  This is a defect of Waybill. Set WAYBILL_DEBUG=1 to see where.\n");
  return 1;
}
