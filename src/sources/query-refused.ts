// A SELECT of the configuration that a database does not take.
import { usageError, type WaybillError } from "../lib/errors.ts";

/** Why a database refuses a query of the configuration, in its own words. */
export function queryRefused(label: string, cause: Error): WaybillError {
  const reason = cause.message.replace(/[.\s]+$/, "");
  return usageError("query-refused", `The query is refused by ${label}: ${reason}.`, {
    hint: "It must be one SELECT, with a name for each column.",
    cause,
  });
}
