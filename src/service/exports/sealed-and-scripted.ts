// What happens to an archive besides: whom it is encrypted to, and the script that runs after it.
import { atPlace, placeAt, usageError, WaybillError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { checkScript } from "../../sandbox/check-script.ts";
import { recipientOf } from "../../vault/age-keys.ts";
import { mustMay, type OrgCall } from "../org-call.ts";

/** @throws inputError `recipient-not-suited` at `/recipient` */
export function checkRecipient(recipient: string | undefined): void {
  if (recipient === undefined) return;
  try {
    recipientOf(recipient);
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    throw atPlace("/recipient", error);
  }
}

/** @throws failure `forbidden`; usageError `script-not-suited` at `/afterScript` */
export async function checkAfterScript(call: OrgCall, script: string | undefined): Promise<void> {
  if (script === undefined) return;
  mustMay(call, "exports.asOthers");
  const mistake = await checkScript(script, call.signal);
  if (mistake === null) return;
  const { message, line, column } = mistake;
  throw usageError(
    "script-not-suited",
    sentence`The script cannot be read at line ${line}, column ${column}: ${message}`,
    {
      places: [placeAt("/afterScript", sentence`Line ${line}, column ${column}: ${message}`)],
    },
  );
}
