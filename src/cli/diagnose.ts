// What `waybill doctor` looks at, one finding after the other: configuration, sources, object types, stores, mail.
import { access, constants, readFile, stat } from "node:fs/promises";
import { connect } from "node:net";
import { dirname, resolve } from "node:path";
import { FileProblem } from "../attachments/file-store.ts";
import { fileStoreAt } from "../attachments/store-at.ts";
import { openLogs } from "../catalog/deletion-log.ts";
import type { Catalog, ObjectType } from "../catalog/types.ts";
import type { Config, OrgConfig } from "../config/config.ts";
import { lockFileOf } from "../config/lock-file.ts";
import { parseLock } from "../config/lock-text.ts";
import { readConfig } from "../config/read.ts";
import { run } from "../engine/run.ts";
import { formatNamed } from "../formats/index.ts";
import { WaybillError } from "../lib/errors.ts";
import { planExport } from "../plan/plan-export.ts";
import type { ExportRequest } from "../plan/request.ts";
import { fullAccess } from "../plan/scope.ts";
import { sourceAt } from "../sources/index.ts";
import type { Source } from "../sources/source.ts";
import { catalogOf, findIn, type FoundInSource, placed, sourcesOf } from "../orgs/org-catalog.ts";

/** `warning`: it works, and deserves a look. */
export interface Finding {
  readonly level: "ok" | "warning" | "problem";
  readonly detail: string;
  readonly hint?: string | undefined;
}

/** How long one check of a source may take, in milliseconds. */
const PATIENCE = 30_000;

const ok = (detail: string): Finding => ({ level: "ok", detail });
const warning = (detail: string, hint?: string): Finding => ({ level: "warning", detail, hint });
const problem = (detail: string, hint?: string): Finding => ({ level: "problem", detail, hint });

/** Checks a source without a configuration. */
export async function* diagnoseSource(url: string, signal: AbortSignal): AsyncGenerator<Finding> {
  const source = sourceAt(url);
  yield await attempt(async () => {
    const started = Date.now();
    const catalog = await source.introspect(within(signal));
    return reached(source, catalog, started);
  }, signal);
}

/** Checks everything that a configuration names. */
export async function* diagnoseConfig(file: string, signal: AbortSignal): AsyncGenerator<Finding> {
  let config: Config;
  try {
    config = await readConfig(file, process.env);
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    yield problem(error.message, error.hint);
    for (const { detail } of error.places.slice(1)) yield problem(detail);
    return;
  }
  yield ok(`${file}: ${config.orgs.size === 1 ? "one org" : `${config.orgs.size} orgs`}, no mistakes`);
  yield await lockFile(lockFileOf(file));
  for (const org of config.orgs.values()) yield* diagnoseOrg(config, org, signal);
  if (config.mail === null) yield warning("mail: nothing is configured, so nobody is told", "Add mail: { url, from }.");
  else yield await mailServer(config.mail.url);
}

async function* diagnoseOrg(config: Config, org: OrgConfig, signal: AbortSignal): AsyncGenerator<Finding> {
  const sources = sourcesOf(org);
  const found = new Map<string, FoundInSource>();
  for (const [name, source] of sources) {
    yield await attempt(async () => {
      const started = Date.now();
      const its = await findIn(name, source, org, within(signal));
      found.set(name, its);
      return reached(source, its.catalog, started);
    }, signal);
  }
  for (const [name, { url, isStore }] of org.sources) if (isStore) yield await store(name, url, signal);
  if (found.size < sources.size) return;
  const { catalog, problems } = catalogOf(org, found, "en");
  for (const { detail, hint } of placed(config, org, problems)) yield problem(detail, hint);
  if (problems.length > 0) return;
  if (org.salt === null && needsSalt(catalog)) {
    const hint = "Add salt: with 32 random characters or more, as openssl rand -hex 32 makes them.";
    yield problem(`${org.code}: pseudonyms and shifted dates need a salt, and there is none`, hint);
  }
  yield ok(`${org.code}: ${catalog.objects.size === 1 ? "one object type" : `${catalog.objects.size} object types`}`);
  for (const object of catalog.objects.values()) {
    if (object.key.length === 0) {
      yield warning(
        `${object.name} has no key: it can be exported whole, and not frozen as a batch`,
        "Add key: to it.",
      );
    }
  }
  for (const { detail, hint } of placed(config, org, openLogs(catalog))) yield warning(detail, hint);
  yield* uniqueness(org, catalog, sources, signal);
}

/** Whether some field is de-identified by a rule that needs the org's secret. */
function needsSalt(catalog: Catalog): boolean {
  const fields = [...catalog.objects.values()].flatMap((object) => object.fields);
  return fields.some(({ deidentify }) => deidentify?.rule.rule === "hash" || deidentify?.rule.rule === "shift");
}

/** Keys that the database does not guarantee: records that share one would be mixed up. */
async function* uniqueness(
  org: OrgConfig,
  catalog: Catalog,
  sources: ReadonlyMap<string, Source>,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const asserted = new Map<string, { object: ObjectType; fields: readonly string[] }>();
  const assert = (name: string, fields: readonly string[] | null): void => {
    const object = catalog.objects.get(name);
    if (object !== undefined && fields !== null) asserted.set(JSON.stringify([name, fields]), { object, fields });
  };
  for (const [name, { key, references, lists }] of org.objects) {
    assert(name, key);
    for (const reference of references.values()) if (reference !== false) assert(reference.object, reference.to);
    for (const list of lists.values()) if (list !== false && "to" in list) assert(name, list.to);
  }
  for (const { object, fields } of asserted.values()) {
    yield await attempt(async () => {
      const source = sources.get(object.source ?? "")!;
      const twice = await rows(source, catalog, within(signal), {
        object: object.name,
        format: "ndjson",
        aggregate: { by: fields, measures: { n: { count: "*" } }, having: { n: { $gt: 1 } } },
        limit: 1,
      });
      const name = `${object.name}: ${fields.join(", ")}`;
      return twice === 0
        ? ok(`${name} tells records apart`)
        : problem(`${name} is the same in several records`, "Choose fields that identify a record.");
    }, signal);
  }
}

async function rows(source: Source, catalog: Catalog, signal: AbortSignal, asked: ExportRequest): Promise<number> {
  const plan = planExport(asked, catalog, formatNamed(asked.format), fullAccess);
  const chunks = run(plan, { sourceNamed: () => source, container: "none", signal, program: "Waybill" });
  for (;;) {
    const next = await chunks.next();
    if (next.done === true) return next.value.tables[0]?.rows ?? 0;
  }
}

function reached(source: Source, catalog: Catalog, started: number): Finding {
  const tables = [...catalog.objects.values()].filter(({ kind }) => kind === "table" || kind === "view").length;
  const time = `${Date.now() - started} ms`;
  return tables === 0
    ? warning(`${source.label} was reached, and shows no tables`, "Check the database and the rights of the account.")
    : ok(`${source.label}: ${tables === 1 ? "one table" : `${tables} tables`}, ${time}`);
}

/** Whether the lock file can be read, and written when there are new fields. */
async function lockFile(file: string): Promise<Finding> {
  try {
    parseLock(await readFile(file, "utf8"), file);
    await access(dirname(resolve(file)), constants.W_OK);
    return ok(`${file} can be read and written`);
  } catch (error) {
    if (error instanceof WaybillError) return problem(error.message.replace(/\.$/, ""), error.hint);
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return ok(`${file} will be written when the catalog is first used`);
    return warning(`${file} cannot be read or written (${code})`, "Without it, the order of columns may change.");
  }
}

/** Asks a bucket for a file that is not there: it must say so. */
async function bucket(name: string, url: string, signal: AbortSignal): Promise<Finding> {
  return attempt(async () => {
    const opened = await fileStoreAt(url);
    try {
      const file = await opened.open(".waybill-doctor", within(signal));
      await file.close();
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      if (error.reason !== "missing") {
        const hint = "Check its URL, that its server answers, and what its credentials may do.";
        return problem(`${name}: ${opened.place} cannot be used: ${error.detail}`, hint);
      }
    } finally {
      await opened.close();
    }
    return ok(`${name}: ${opened.place} can be reached`);
  }, signal);
}

async function store(name: string, url: string, signal: AbortSignal): Promise<Finding> {
  if (!url.startsWith("dir:")) return bucket(name, url, signal);
  const folder = url.slice("dir:".length).replace(/^\/\/(?=\/)/, "");
  try {
    if (!(await stat(folder)).isDirectory()) return problem(`${name}: "${folder}" is no folder`);
    await access(folder, constants.R_OK | constants.X_OK);
    return ok(`${name}: the folder "${folder}" can be read`);
  } catch {
    return problem(`${name}: the folder "${folder}" cannot be read`, "Check that it exists, and who may read it.");
  }
}

/** Whether somebody listens where mail is to go. The URL itself may hold a password. */
async function mailServer(text: string): Promise<Finding> {
  const { hostname, port, protocol } = new URL(text);
  const at = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || (protocol === "smtps:" ? 465 : 587)) };
  const answers = await new Promise<boolean>((tell) => {
    const socket = connect({ ...at, timeout: 5_000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      tell(answer);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
  const where = `${at.host}:${at.port}`;
  return answers
    ? ok(`mail: a server answers at ${where}`)
    : problem(`mail: nothing answers at ${where}`, "Check the host and the port in mail.url.");
}

async function attempt(what: () => Promise<Finding>, signal: AbortSignal): Promise<Finding> {
  try {
    return await what();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof WaybillError) return problem(error.message.replace(/\.$/, ""), error.hint);
    if ((error as Error).name === "TimeoutError") {
      return warning(`a check took longer than ${PATIENCE / 1000} seconds and was given up`);
    }
    throw error;
  }
}

function within(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
}
