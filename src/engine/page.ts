// Reads a page of records: through the very code that exports them, as JSON in memory, with the place where it ends.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import { Output } from "../cells/output.ts";
import { Problems } from "../cells/problems.ts";
import type { Pseudonyms } from "../cells/pseudonym.ts";
import { zoneNamed } from "../cells/zone.ts";
import type { FieldType } from "../catalog/types.ts";
import { json } from "../formats/json/json.ts";
import { failure } from "../lib/errors.ts";
import { keyText } from "../lib/record-key.ts";
import type { PagePlan } from "../plan/page.ts";
import { concurrentStreams, type TablePlan } from "../plan/plan.ts";
import type { Locale } from "../plan/scope.ts";
import type { Value } from "../query/predicate.ts";
import type { Source, SourceSession } from "../sources/source.ts";
import { textOf } from "./cell-texts.ts";
import { Mandatory } from "./mandatory.ts";
import { allUsed } from "./nest.ts";
import { nodeOf, type RenderContext } from "./render.ts";
import { RowFeed } from "./row-feed.ts";
import { shapeOf } from "./table-shape.ts";

/** More than that is no page that anybody looks at: lists of many thousand items are to be asked for on their own. */
const MOST_BYTES = 64 * 1024 * 1024;

export interface Page {
  /** A JSON array of the records, as the `json` format writes it. */
  readonly data: Buffer;
  /** Each record's key as text (`keyText`); null where there is none, or it may not be told. */
  readonly keys: readonly string[] | null;
  /** What the last record has of each expression of the order, as `After` has it; null where there is no record. */
  readonly last: readonly (readonly (Value | null)[])[] | null;
  /** Each record's values of the fields that are told. */
  readonly told: readonly (readonly (Value | null)[])[];
  readonly hasMore: boolean;
}

export interface PageOptions extends Locale {
  readonly signal: AbortSignal;
  readonly pseudonyms: Pseudonyms | null;
}

/** Opens a snapshot for pages. @throws failure of the source */
export function openFor(plans: readonly PagePlan[], source: Source, signal: AbortSignal): Promise<SourceSession> {
  return source.open(Math.max(...plans.map(({ table }) => concurrentStreams(table))), signal);
}

/**
 * Reads a page.
 * @param count how many records it has at most; where the plan reads one more, `hasMore` is known.
 * @throws failure of the source, `page-too-large`
 */
export async function readPage(
  plan: PagePlan,
  count: number,
  session: SourceSession,
  options: PageOptions,
): Promise<Page> {
  const problems = new Problems();
  const zone = zoneNamed(options.timeZone);
  const { language, pseudonyms, signal } = options;
  const writer = json.writer(shapeOf(plan.table), {}, { zone, language, problems });
  const context: RenderContext = {
    zone,
    language,
    problems,
    pseudonyms,
    signal,
    session,
    mandatory: new Mandatory(),
    facts: [],
    onRows: () => {},
  };
  const out = new Output(1 << 16);
  const keys: string[] = [];
  const told: (Value | null)[][] = [];
  let last: Page["last"] = null;
  let rows = 0;
  let end = 0;
  const onRow = (batch: CellBatch, row: number): void => {
    if (out.length > MOST_BYTES) throw tooLarge();
    rows++;
    if (rows > count) return;
    end = out.length;
    if (plan.key !== null) keys.push(keyText(plan.key.map((cell) => textOf(batch, row * batch.width + cell, null))));
    const at = (cell: number): (Value | null)[] => valuesAt(batch, row * batch.width + cell, typeOf(plan, cell));
    last = plan.order.map(at);
    if (plan.told.length > 0) told.push(plan.told.map((cell) => at(cell).find((it) => it !== null) ?? null));
  };
  for (const table of await partsOf(plan, session)) {
    if (rows > count) break;
    const feeds: { name: string; feed: RowFeed }[] = [];
    const feed = new RowFeed(table, session.stream(table.select), context, () => {});
    const root = nodeOf(table, writer, context, feeds);
    for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
      for (let row = 0; row < batch.rows; row++) {
        root.begin(batch, row, rows, out);
        for (let waiting = root.step(out); waiting !== null; waiting = root.step(out)) {
          if (out.length > MOST_BYTES) throw tooLarge();
          await waiting.fill();
        }
        onRow(batch, row);
      }
    }
    if (!(await allUsed(root.cursors))) throw new Error(`some records of the lists of ${table.name} found no parent`);
  }
  out.length = end;
  await writer.tail(out);
  const data = Buffer.from(out.written());
  return { data, keys: plan.key === null ? null : keys, last, told, hasMore: rows > count };
}

function tooLarge(): Error {
  return failure("page-too-large", `These records are larger than ${MOST_BYTES / 1024 / 1024} MiB together.`, {
    hint: "Ask for fewer at once, or for fewer of their fields and lists.",
  });
}

function typeOf({ table }: PagePlan, cell: number): FieldType {
  return table.select.columns[cell]!.type;
}

/** Two ranges of an index cost next to nothing; where rows have to be looked through, once is enough. */
async function partsOf({ table, apart }: PagePlan, session: SourceSession): Promise<readonly TablePlan[]> {
  if (apart === null || (await session.sorts?.(apart[0].select)) !== false) return [table];
  return apart;
}

/** The type of a value by its kind: in SQLite it may be another one than its column says. */
const TYPES: Readonly<Record<number, FieldType | undefined>> = {
  [Kind.text]: "text",
  [Kind.integer]: "integer",
  [Kind.digits]: "decimal",
  [Kind.float]: "float",
  [Kind.binary]: "binary",
  [Kind.boolean]: "boolean",
  [Kind.date]: "date",
  [Kind.time]: "time",
  [Kind.datetime]: "datetime",
  [Kind.instant]: "instant",
  [Kind.uuid]: "uuid",
};

function valuesAt(batch: CellBatch, i: number, type: FieldType): (Value | null)[] {
  const kind = batch.kind[i]!;
  if (type === "json") return kind === Kind.missing ? [null, null] : jsonValues(textOf(batch, i, null));
  if (kind === Kind.missing) return [null];
  return [{ type: TYPES[kind] ?? type, text: textOf(batch, i, null) }];
}

/** JSON is ordered by its number, then by its text. */
function jsonValues(text: string): (Value | null)[] {
  const value: unknown = JSON.parse(text);
  return [
    typeof value === "number" ? { type: "float", text: String(value) } : null,
    typeof value === "string" ? { type: "text", text: value } : null,
  ];
}
