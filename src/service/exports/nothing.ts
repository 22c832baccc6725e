// Exports that would have nothing in them (IN7): no file of the chosen kinds, no value in the chosen metadata.
import type { Catalog, ObjectType } from "../../catalog/types.ts";
import { hasAnyFile } from "../../engine/wanted-files.ts";
import { inputError, WaybillError } from "../../lib/errors.ts";
import { sentence, type Sentence } from "../../lib/sentence.ts";
import type { OpenOrg } from "../../orgs/open-org.ts";
import { shownOnly } from "../../plan/choose.ts";
import { planCount } from "../../plan/count.ts";
import type { ExportPlan } from "../../plan/plan.ts";
import type { Access } from "../../plan/scope.ts";
import { both, sourceOf } from "../../plan/selection.ts";
import { resolvePath } from "../../query/field-path.ts";
import { parseWhere } from "../../query/parse-where.ts";
import type { Predicate } from "../../query/predicate.ts";
import type { BatchKeys } from "../batches/keys-for-export.ts";
import type { ExportBody } from "./body.ts";

/** So long is looked, in milliseconds: what is not known by then, the run finds out. */
const WITHIN = 3_000;

/** What was chosen of an object type. */
export interface Chosen {
  readonly org: OpenOrg;
  readonly object: ObjectType;
  readonly catalog: Catalog;
  readonly access: Access;
  /** What of them; in parts, where they are those of a batch. */
  readonly where: Predicate | null;
  readonly parts: () => AsyncIterable<Predicate | null>;
  /** Of the batch that the plan is about. */
  readonly batchKeys: BatchKeys | null;
  readonly timeZone: string;
}

/** @throws inputError `nothing-to-export`; failure of the source */
export async function checkNotEmpty(
  body: ExportBody,
  plan: ExportPlan,
  chosen: Chosen,
  signal: AbortSignal,
  within = WITHIN,
): Promise<void> {
  const enough = AbortSignal.timeout(within);
  try {
    await check(body, plan, chosen, AbortSignal.any([signal, enough]));
  } catch (error) {
    if (!enough.aborted || signal.aborted || (error instanceof WaybillError && error.code === "nothing-to-export")) {
      throw error;
    }
  }
}

async function check(body: ExportBody, plan: ExportPlan, chosen: Chosen, signal: AbortSignal): Promise<void> {
  const { records } = plan;
  const { org, batchKeys } = chosen;
  if (records?.layout === "files") {
    const { sourceNamed, pseudonymKey } = org;
    if (await hasAnyFile(plan, records, { sourceNamed, pseudonymKey, batchKeys: batchKeys ?? undefined, signal }))
      return;
    const kinds = records.formats === null ? "" : sentence` of the kinds ${records.formats.join(", ")}`;
    throw nothing(
      records.formats === null ? "/exportFiles" : "/fileFormats",
      sentence`The records that were chosen have no files${kinds}.`,
      sentence`Choose other records or other kinds of file.`,
    );
  }
  const values = metadataOf(body, chosen);
  if (values === null || (await isAny(values, chosen, signal)) || !(await isAny(null, chosen, signal))) return;
  throw nothing(
    "/paths",
    sentence`None of the records that were chosen has a value in the chosen metadata.`,
    sentence`Choose other fields or other records.`,
  );
}

function nothing(pointer: string, detail: Sentence, hint: Sentence): Error {
  return inputError("nothing-to-export", pointer, detail, hint);
}

/** That some chosen key inside of JSON has a value; null where none was chosen, or where that is not to be known. */
function metadataOf(
  { paths = [], aggregate }: ExportBody,
  { object, catalog, access, timeZone }: Chosen,
): Predicate | null {
  if (aggregate !== undefined) return null;
  const isMetadata = (path: string): boolean => {
    const found = resolvePath(path, object, catalog, "/paths", shownOnly(access));
    return found.kind === "field" && (found.field.keys ?? []).length + found.keys.length > 0;
  };
  const metadata = paths.filter(isMetadata);
  if (metadata.length === 0) return null;
  try {
    const of = metadata.map((path) => parseWhere({ [path]: { $ne: null } }, object, catalog, { access, timeZone }));
    return { op: "or", of };
  } catch (error) {
    // What is de-identified may not be asked about.
    if (error instanceof WaybillError) return null;
    throw error;
  }
}

/** Whether any of the chosen records fulfils a condition. */
export async function isAny(
  also: Predicate | null,
  { org, object, catalog, access, where, parts, timeZone }: Chosen,
  signal: AbortSignal,
): Promise<boolean> {
  const session = await org.sourceNamed(sourceOf(object)).open(1, signal);
  try {
    for await (const part of parts()) {
      const all = both(both(where, part), also);
      const { records } = planCount(all, object, catalog, access, { timeZone, language: "en" });
      const stream = session.stream({ ...records, limit: 1 });
      if ((await stream.next()) === null) continue;
      while ((await stream.next()) !== null);
      return true;
    }
    return false;
  } finally {
    await session.close();
  }
}
