// Exports inside of the test's own process.
import type { FileStore } from "../../src/attachments/file-store.ts";
import type { Catalog } from "../../src/catalog/types.ts";
import { pseudonymKey } from "../../src/cells/pseudonym.ts";
import { type Container, type ExportFacts, run } from "../../src/engine/run.ts";
import { formatNamed } from "../../src/formats/index.ts";
import type { BatchAsked } from "../../src/plan/batch.ts";
import type { ExportPlan } from "../../src/plan/plan.ts";
import { planExport } from "../../src/plan/plan-export.ts";
import type { ExportRequest } from "../../src/plan/request.ts";
import { type Access, fullAccess } from "../../src/plan/scope.ts";
import { sourceAt } from "../../src/sources/index.ts";
import type { Source } from "../../src/sources/source.ts";

/** What an export gave. */
export interface Exported {
  readonly bytes: Buffer;
  readonly text: string;
  readonly facts: ExportFacts;
}

const refinements = new Map<string, (catalog: Catalog) => Catalog>();

/** Says of a source what introspection cannot find there, as configuration does. */
export function refineCatalogOf(url: string, refine: (catalog: Catalog) => Catalog): void {
  refinements.set(url, refine);
}

/** Sources that are asked again and again may keep what they have opened. */
const sources = new Map<string, Source>();

function sourceOf(url: string): Source {
  const source = sources.get(url) ?? sourceAt(url);
  sources.set(url, source);
  return source;
}

/** Tables do not change once a test has made them. */
const catalogs = new Map<string, Promise<Catalog>>();

/** The catalog of a source. */
export function introspected(url: string): Promise<Catalog> {
  const { signal } = new AbortController();
  const catalog =
    catalogs.get(url) ??
    sourceOf(url)
      .introspect(signal)
      .then(refinements.get(url) ?? ((it) => it));
  catalogs.set(url, catalog);
  return catalog;
}

/** The salt and the key of the pseudonyms that tests make. */
export const SALT = "a salt of tests, longer than thirty-two characters";
const KEY = pseudonymKey(SALT, "lab");

/** Runs an export of a source and gives its bytes. */
export async function exported(
  url: string,
  request: ExportRequest,
  container: Container = "none",
  sees: {
    readonly catalog?: Catalog;
    readonly access?: Access;
    readonly store?: () => Promise<FileStore>;
    readonly pseudonymKey?: Uint8Array;
    readonly batch?: TestBatch;
  } = {},
): Promise<Exported> {
  const catalog = sees.catalog ?? (await introspected(url));
  const { access = fullAccess, batch, store } = sees;
  const asked = batch === undefined ? null : askedBatch(request.object, batch);
  const plan = planExport(request, catalog, formatNamed(request.format), access, null, asked);
  return ran(plan, url, container, sees.pseudonymKey ?? KEY, store, batch);
}

/** The keys of a batch, in the order of their records, and how many of them make a part. */
export interface TestBatch {
  readonly keys: readonly string[];
  readonly keysInPart?: number;
}

/** What is said of a batch when an export of it is planned. */
export function askedBatch(object: string, { keys, keysInPart }: TestBatch): BatchAsked {
  return { object, name: "The batch", count: keys.length, ...(keysInPart === undefined ? {} : { keysInPart }) };
}

/** Runs a plan, which went through JSON as it does on its way to a worker. */
export async function ran(
  plan: ExportPlan,
  url: string,
  container: Container = "none",
  key: Uint8Array | null = KEY,
  store?: () => Promise<FileStore>,
  batch?: TestBatch,
): Promise<Exported> {
  const source = sourceOf(url);
  const { signal } = new AbortController();
  const chunks: Buffer[] = [];
  const running = run(JSON.parse(JSON.stringify(plan)) as typeof plan, {
    sourceNamed: () => source,
    container,
    signal,
    program: "Waybill test",
    ...(store === undefined ? {} : { storeNamed: store }),
    pseudonymKey: key,
    batchKeys:
      batch === undefined
        ? undefined
        : async (n) => {
            const { keysInPart } = plan.batch!;
            return batch.keys.slice(n * keysInPart, (n + 1) * keysInPart);
          },
  });
  let next = await running.next();
  for (; next.done !== true; next = await running.next()) chunks.push(Buffer.from(next.value));
  const bytes = Buffer.concat(chunks);
  return { bytes, text: bytes.toString("utf8"), facts: next.value };
}

/** Runs an export as NDJSON and gives the records. */
export async function records(url: string, request: Omit<ExportRequest, "format">): Promise<Record<string, unknown>[]> {
  const { text } = await exported(url, { ...request, format: "ndjson" });
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
