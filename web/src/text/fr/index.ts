// All texts in French, by area. Plurals end in `_one` and `_other`, and `_many`, which French has for millions.
import { admin } from "./admin.ts";
import { batches } from "./batches.ts";
import { common } from "./common.ts";
import { exportDialog } from "./export-dialog.ts";
import { exports } from "./exports.ts";
import { graphql } from "./graphql.ts";
import { people } from "./people.ts";
import { profile } from "./profile.ts";
import { problems } from "../../../../src/texts/french/problems.ts";
import { realms } from "./realms.ts";
import { records } from "./records.ts";
import { signIn } from "./sign-in.ts";
import { templates } from "./templates.ts";

export const french = {
  common,
  signIn,
  records,
  exportDialog,
  batches,
  templates,
  exports,
  problems,
  realms,
  admin,
  graphql,
  people,
  profile,
};
