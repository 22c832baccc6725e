// The beginning of an export, run as all exports are, and stopped when enough was seen.
import { run } from "../../engine/run.ts";
import { WaybillError } from "../../lib/errors.ts";
import type { Sentence } from "../../lib/sentence.ts";
import type { OpenOrg } from "../../orgs/open-org.ts";
import type { ExportPlan } from "../../plan/plan.ts";
import type { BatchKeys } from "../batches/keys-for-export.ts";

/** So much of a file is shown, in bytes. */
const TEXT = 64 * 1024;
/** So much is read for rows, where single values are large. */
const ROWS = 1024 * 1024;

/** How a file begins. */
export interface TextStart {
  readonly content: string;
  /** Whether that is all of the records that were asked for. */
  readonly complete: boolean;
}

/** A mandatory column, by its header, and the records that lack it. */
interface Missing {
  readonly name: string;
  readonly detail: Sentence;
}

/**
 * The rows of a plan of one table in `json-rows`.
 * @param batchKeys the keys of the plan's batch, where it is about one
 * @throws failure of a source; usageError `no-salt`
 */
export async function firstRows(
  plan: ExportPlan,
  org: OpenOrg,
  signal: AbortSignal,
  batchKeys?: BatchKeys,
): Promise<{ readonly rows: readonly (readonly unknown[])[]; readonly missing: readonly Missing[] }> {
  const { content, complete, missing } = await begun(plan, org, signal, ROWS, batchKeys);
  // A record stands on a line of its own; the last one may have been cut.
  const whole = complete ? content : `${content.slice(0, Math.max(0, content.lastIndexOf(",\n")))}\n]`;
  const [, ...rows] = whole === "\n]" ? [] : (JSON.parse(whole, exactly) as unknown[][]);
  return { rows, missing };
}

/** The beginning of the only file of a plan. @throws failure of a source; usageError `no-salt` and for XSLT */
export async function firstText(plan: ExportPlan, org: OpenOrg, signal: AbortSignal): Promise<TextStart> {
  const { content, complete } = await begun(plan, org, signal, TEXT);
  return { content, complete };
}

async function begun(
  plan: ExportPlan,
  { sourceNamed, pseudonymKey }: OpenOrg,
  signal: AbortSignal,
  most: number,
  batchKeys?: BatchKeys,
): Promise<TextStart & { readonly missing: readonly Missing[] }> {
  // Characters are not cut in two: the rest of one that was begun is not written.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let content = "";
  let bytes = 0;
  const options = { sourceNamed, pseudonymKey, signal, container: "none", program: "Waybill", batchKeys } as const;
  try {
    for await (const chunk of run(plan, options)) {
      content += decoder.decode(chunk.subarray(0, most - bytes), { stream: true });
      bytes += chunk.length;
      if (bytes > most) return { content, complete: false, missing: [] };
    }
  } catch (error) {
    // Told when all was read: the rows are there.
    if (!(error instanceof WaybillError) || error.code !== "mandatory-missing") throw error;
    const missing = error.places.slice(1).map((it) => ({ name: it.pointer, detail: it.words!.detail }));
    return { content, complete: true, missing };
  }
  return { content, complete: true, missing: [] };
}

/** Numbers as they were written: one that would be another is its text. */
function exactly(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  return typeof value === "number" && context?.source !== undefined && String(value) !== context.source
    ? context.source
    : value;
}
