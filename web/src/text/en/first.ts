// Texts that are there from the start.
import { batches } from "./batches.ts";
import { common } from "./common.ts";
import { exportDialog } from "./export-dialog.ts";
import { exports } from "./exports.ts";
import { records } from "./records.ts";
import { signIn } from "./sign-in.ts";

export const first = { common, signIn, records, exportDialog, batches, exports };
