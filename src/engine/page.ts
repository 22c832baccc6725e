// Reads a page of records: through the very code that exports them, as JSON in memory or as values, with the place of each.
import type { CellBatch } from "../cells/batch.ts";
import { Kind } from "../cells/kinds.ts";
import { Output } from "../cells/output.ts";
import type { NestingRowWriter } from "../cells/row-writer.ts";
import { Problems } from "../cells/problems.ts";
import type { Pseudonyms } from "../cells/pseudonym.ts";
import { zoneNamed } from "../cells/zone.ts";
import type { FieldType } from "../catalog/types.ts";
import { json } from "../formats/json/json.ts";
import { failure } from "../lib/errors.ts";
import { keyText } from "../lib/record-key.ts";
import { sentence } from "../lib/sentence.ts";
import type { PagePlan } from "../plan/page.ts";
import { concurrentStreams, type TablePlan } from "../plan/plan.ts";
import type { Locale } from "../plan/scope.ts";
import type { After } from "../plan/select.ts";
import type { Value } from "../query/predicate.ts";
import { openOne, type Source, type SourceReader, type SourceSession } from "../sources/source.ts";
import { textOf } from "./cell-texts.ts";
import { Mandatory } from "./mandatory.ts";
import { allUsed } from "./nest.ts";
import { type JsonMember, PageJson } from "./page-json.ts";
import { nodeOf, type RenderContext } from "./render.ts";
import { RowFeed } from "./row-feed.ts";
import { RowValues } from "./row-values.ts";
import { shapeOf } from "./table-shape.ts";

/** More than that is no page that anybody looks at: lists of many thousand items are to be asked for on their own. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What is known of each record of a page, besides what is shown of it. */
interface PageRow {
  /** As text (`keyText`); null where there is none, or it may not be told. */
  readonly key: string | null;
  /** What it has of each expression of the order, as `After` has it. */
  readonly place: After["values"];
  /** The values of the fields that are told. */
  readonly told: readonly (Value | null)[];
  /** Which of several pages it is of. */
  readonly which: number;
}

export interface Page {
  /** A JSON array of the records, as the `json` format writes it. */
  readonly data: Buffer;
  /** Each record's key; null where there is none, or it may not be told. */
  readonly keys: readonly string[] | null;
  /** The place of the last record; null where there is no record. */
  readonly last: After["values"] | null;
  /** Each record's values of the fields that are told. */
  readonly told: readonly (readonly (Value | null)[])[];
  readonly hasMore: boolean;
}

/** A record with its values, in the order of the plan's columns and as `RowValues` has them. */
export interface ValueRow extends PageRow {
  readonly values: readonly unknown[];
}

export interface PageOptions extends Locale {
  readonly signal: AbortSignal;
  readonly pseudonyms: Pseudonyms | null;
  /** Where pages are parts of one answer: how many bytes those before it had. What is read is added. */
  readonly answer?: { bytes: number };
}

/** Opens a snapshot for pages. @throws failure of the source */
export function openFor(plans: readonly PagePlan[], source: Source, signal: AbortSignal): Promise<SourceSession> {
  return source.open(Math.max(...plans.map(({ table }) => concurrentStreams(table))), signal);
}

/** Opens what one page is read with, and nothing besides. @throws failure of the source */
export function openForPage(plan: PagePlan, source: Source, signal: AbortSignal): Promise<SourceReader> {
  const isOne = concurrentStreams(plan.table) === 1 && plan.apart === null;
  return isOne ? openOne(source, signal) : openFor([plan], source, signal);
}

/**
 * Reads a page.
 * @param count how many records it has at most; where the plan reads one more, `hasMore` is known.
 * @throws failure of the source, `page-too-large`
 */
export async function readPage(
  plan: PagePlan,
  count: number,
  session: SourceReader,
  options: PageOptions,
): Promise<Page> {
  const context = contextOf(session, options);
  const writer = json.writer(shapeOf(plan.table), {}, context);
  const out = new Output(1 << 16);
  let end = 0;
  const rows: PageRow[] = [];
  const hasMore = await readRows(plan, count, writer, out, context, options, (batch, first) => {
    rows.push(rowOf(plan, batch, first));
    end = out.length;
  });
  out.length = end;
  await writer.tail(out);
  const data = Buffer.from(out.written());
  const keys = plan.key === null ? null : rows.map(({ key }) => key!);
  return { data, keys, last: rows.at(-1)?.place ?? null, told: rows.map(({ told }) => told), hasMore };
}

/**
 * Reads the records of a page as values, those of several pages one page after the other.
 * @param count as of `readPage`; none is left out where it is absent
 * @throws failure of the source, `page-too-large`
 */
export async function readValues(
  plan: PagePlan,
  session: SourceReader,
  options: PageOptions,
  count = Infinity,
): Promise<{ readonly rows: readonly ValueRow[]; readonly hasMore: boolean }> {
  const context = contextOf(session, options);
  const writer = new RowValues(plan.table, context.zone);
  const rows: ValueRow[] = [];
  const { answer } = options;
  const hasMore = await readRows(plan, count, writer, new Output(1 << 12), context, options, (batch, first) => {
    const row = rowOf(plan, batch, first);
    if (answer !== undefined) answer.bytes += row.told.reduce((sum, it) => sum + (it?.text.length ?? 0), 0);
    rows.push({ ...row, values: writer.found.at(-1)! });
  });
  return { rows, hasMore };
}

/** Records as `PageJson` writes them. */
export interface JsonRecords {
  /** With commas between them. */
  readonly data: Uint8Array;
  readonly count: number;
  /** The places of the first and of the last. */
  readonly first: After["values"] | null;
  readonly last: After["values"] | null;
  readonly hasMore: boolean;
}

/**
 * Reads a page of records as JSON of the reader's own form.
 * @param count as of `readPage`
 * @throws as `readPage`
 */
export async function readJson(
  plan: PagePlan,
  members: readonly JsonMember[],
  count: number,
  session: SourceReader,
  options: PageOptions,
): Promise<JsonRecords> {
  const context = contextOf(session, options);
  const out = new Output(1 << 15);
  let [records, end] = [0, 0];
  let first: After["values"] | null = null;
  let last: After["values"] | null = null;
  const writer = new PageJson(members, context.zone);
  const hasMore = await readRows(plan, count, writer, out, context, options, (batch, at, isLast) => {
    first ??= placeOf(plan, batch, at);
    if (isLast) last = placeOf(plan, batch, at);
    end = out.length;
    records++;
  });
  return { data: out.bytes.subarray(0, end), count: records, first, last, hasMore };
}

function contextOf(session: SourceReader, { timeZone, language, pseudonyms, signal }: PageOptions): RenderContext {
  return {
    zone: zoneNamed(timeZone),
    language,
    problems: new Problems(),
    pseudonyms,
    signal,
    session,
    mandatory: new Mandatory(),
    facts: [],
    onRows: () => {},
  };
}

/**
 * Reads the rows of a page, which `writer` writes.
 * @param onRow is told of each that is counted, where it begins in its batch, and whether it is the last that counts of that
 * @returns whether there are more
 */
async function readRows(
  plan: PagePlan,
  count: number,
  writer: NestingRowWriter,
  out: Output,
  context: RenderContext,
  { answer }: PageOptions,
  onRow: (batch: CellBatch, first: number, isLast: boolean) => void,
): Promise<boolean> {
  let rows = 0;
  const checkSize = (): void => {
    if ((answer?.bytes ?? 0) + out.length > MOST_BYTES) throw tooLarge();
  };
  for (const table of await partsOf(plan, context.session)) {
    if (rows > count) break;
    const feeds: { name: string; feed: RowFeed }[] = [];
    const feed = new RowFeed(table, context.session.stream(table.select), context, () => {});
    const root = nodeOf(table, writer, context, feeds);
    for (let batch = await feed.next(); batch !== null; batch = await feed.next()) {
      for (let row = 0; row < batch.rows; row++) {
        // That it is there is enough, unless items of lists wait for it.
        if (rows >= count && root.cursors.length === 0) {
          rows++;
          continue;
        }
        root.begin(batch, row, rows, out);
        for (let waiting = root.step(out); waiting !== null; waiting = root.step(out)) {
          checkSize();
          await waiting.fill();
        }
        checkSize();
        if (++rows > count) continue;
        onRow(batch, row * batch.width, rows === count || row === batch.rows - 1);
      }
    }
    if (!(await allUsed(root.cursors))) throw new Error(`some records of the lists of ${table.name} found no parent`);
  }
  if (answer !== undefined) answer.bytes += out.length;
  return rows > count;
}

/** @param first where the row begins */
function rowOf(plan: PagePlan, batch: CellBatch, first: number): PageRow {
  return {
    key: plan.key === null ? null : keyText(plan.key.map((cell) => textOf(batch, first + cell, null))),
    place: placeOf(plan, batch, first),
    told: plan.told.map((cell) => valuesAt(batch, first + cell, typeOf(plan, cell)).find((it) => it !== null) ?? null),
    which: plan.which === null ? 0 : Number(textOf(batch, first + plan.which, null)),
  };
}

function placeOf(plan: PagePlan, batch: CellBatch, first: number): After["values"] {
  return plan.order.map((cell) => valuesAt(batch, first + cell, typeOf(plan, cell)));
}

function tooLarge(): Error {
  return failure("page-too-large", sentence`These records are larger than ${MOST_BYTES / 1024 / 1024} MiB together.`, {
    hint: sentence`Ask for fewer at once, or for fewer of their fields and lists.`,
  });
}

function typeOf({ table }: PagePlan, cell: number): FieldType {
  return table.select.columns[cell]!.type;
}

/** Two ranges of an index cost next to nothing; where rows have to be looked through, once is enough. */
async function partsOf({ table, apart }: PagePlan, session: SourceReader): Promise<readonly TablePlan[]> {
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
