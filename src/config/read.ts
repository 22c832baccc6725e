// Reads `waybill.yaml`: all of it right, or one error that says where it is not.
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Document } from "yaml";
import { usageError } from "../lib/errors.ts";
import { build } from "./build.ts";
import { check } from "./check.ts";
import type { Config } from "./config.ts";
import { problemsOf } from "./issues.ts";
import { configError, lineAndColumn, type Path, type Problem } from "./problems.ts";
import { quickValue } from "./quick-yaml.ts";
import { configSchema, type Written } from "./schema.ts";
import { fillSecrets, type Environment } from "./secrets.ts";
import { offsetOf, parseYaml } from "./yaml-text.ts";

/** A configuration of 20,000 fields has two megabytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** From here on the YAML library takes long enough to be waited for. */
const LARGE = 65_536;

/**
 * Reads and checks a configuration.
 * @param file its path, as it is to stand in messages
 * @param env what `${NAME}` stands for
 * @throws usageError `config`, with every problem in `places`, never with a secret
 */
export async function readConfig(file: string, env: Environment): Promise<Config> {
  const text = await textOf(file);
  const quick = text.length >= LARGE ? quickValue(text) : undefined;
  if (quick !== undefined) {
    const found = checked(quick, file, env);
    if (found.written !== null) return build(found.written, file, placeIn(text, file));
  }
  const { document, value, problems } = parseYaml(text);
  // Below a mistake of YAML nothing is as it seems.
  const found = problems.length > 0 ? { written: null, problems: () => problems } : checked(value, file, env);
  if (found.written !== null) return build(found.written, file, placeIn(text, file));
  throw configError(file, text, found.problems(), (problem) => offsetIn(document, text, problem));
}

async function textOf(file: string): Promise<string> {
  const problem = (what: string, hint: string, cause?: unknown) => {
    return usageError("config", `The configuration "${file}" ${what}.`, { hint, cause });
  };
  try {
    const there = await stat(file);
    if (there.isDirectory()) throw problem("is a folder", `Name the file in it: ${basename(file)}/waybill.yaml.`);
    if (there.size > MOST_BYTES) throw problem("is larger than 16 MiB", "Check that it is the file that was meant.");
    // The decoder takes a byte order mark away.
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (error) {
    if (error instanceof TypeError) throw problem("is not text in UTF-8", "Save it as UTF-8.");
    const { code } = error as NodeJS.ErrnoException;
    if (code === "config") throw error;
    if (code === "ENOENT") {
      throw problem("does not exist", "waybill init writes one; --config names another file.", error);
    }
    throw problem("cannot be read", "Check that it is a file, and that you may read it.", error);
  }
}

type Checked = { readonly written: Written } | { readonly written: null; readonly problems: () => readonly Problem[] };

function checked(raw: unknown, file: string, env: Environment): Checked {
  if (raw === null) {
    const empty = { path: [], message: "the configuration is empty.", hint: "Write orgs: first." };
    return { written: null, problems: () => [empty] };
  }
  const unfilled: Problem[] = [];
  const value = filledIn(raw, [], (text, path) => {
    return fillSecrets(text, env, dirname(resolve(file)), ({ written, message, hint }) => {
      unfilled.push({ path, within: written, message, hint });
    });
  });
  const { data, error } = configSchema.safeParse(value);
  const further = data === undefined ? [] : check(data);
  if (data !== undefined && unfilled.length + further.length === 0) return { written: data };
  const problems = () => {
    // A value whose placeholder could not be filled in is not wrong twice.
    const told = new Set(unfilled.map(({ path }) => path.join("\n")));
    const others = error === undefined ? further : problemsOf(error.issues, raw);
    return [...unfilled, ...others.filter(({ path }) => !told.has(path.join("\n")))];
  };
  return { written: null, problems };
}

/** All but objects, where `$` belongs to SQL and to policies. */
function filledIn(value: unknown, path: Path, fill: (text: string, path: Path) => string): unknown {
  if (typeof value === "string") return value.includes("${") ? fill(value, path) : value;
  if (value === null || typeof value !== "object" || (path.length === 3 && path[2] === "objects")) return value;
  if (Array.isArray(value)) return value.map((item, index) => filledIn(item, [...path, index], fill));
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, filledIn(it, [...path, key], fill)]));
}

function offsetIn(document: Document, text: string, { path, onKey, offset, within }: Problem): number {
  if (offset !== undefined) return offset;
  const start = offsetOf(document, path, onKey);
  const lineEnd = text.indexOf("\n", start);
  const inside = within === undefined ? -1 : text.indexOf(within, start);
  return inside < 0 || (lineEnd >= 0 && inside > lineEnd) ? start : inside;
}

/** Places are asked for when something is wrong: the text is read for them once, then. */
function placeIn(text: string, file: string): Config["place"] {
  let document: Document | undefined;
  return (path) => {
    document ??= parseYaml(text).document;
    return { file, ...lineAndColumn(text, offsetOf(document, path)) };
  };
}
