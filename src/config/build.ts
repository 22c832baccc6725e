// A checked configuration as it is written, to the `Config` that the program uses: short forms spelled out, defaults in.
import { dirname, resolve } from "node:path";
import type * as config from "./config.ts";
import type { Written, WrittenDeidentify, WrittenField, WrittenKey, WrittenObject, WrittenOrg } from "./schema.ts";
import { bytesOf, isStoreUrl, pathOf, schemeOf } from "./values.ts";

/** @param file paths in sources are relative to its folder */
export function build(written: Written, file: string, place: config.Config["place"]): config.Config {
  const folder = dirname(resolve(file));
  return {
    mail: written.mail === undefined || written.mail === null ? null : orNull(written.mail, "operator"),
    orgs: new Map(Object.entries(written.orgs).map(([code, org]) => [code, orgOf(code, org, folder)])),
    place,
  };
}

function mapped<Value, Result>(
  record: Readonly<Record<string, Value>> | null | undefined,
  change: (value: Value) => Result,
): ReadonlyMap<string, Result> {
  return new Map(Object.entries(record ?? {}).map(([name, value]) => [name, change(value)]));
}

function orgOf(code: string, org: WrittenOrg, folder: string): config.OrgConfig {
  return {
    code,
    name: org.name ?? null,
    timeZone: org.timeZone ?? "UTC",
    retention: org.retention ?? "P7D",
    history: org.history ?? "P1Y",
    quota: org.quota === undefined || org.quota === null ? null : bytesOf(org.quota),
    concurrency: Number(org.concurrency ?? 1),
    window: org.window ?? null,
    downloads: org.downloads ?? "owner",
    administrators: org.administrators ?? "all",
    purpose: org.purpose ?? "optional",
    approval: approvalOf(org.approval ?? null),
    scripts: { hosts: org.scripts?.hosts ?? [], privateHosts: org.scripts?.privateHosts ?? [] },
    salt: org.salt ?? null,
    fonts: names(org.fonts ?? []).map((path) => resolve(folder, path)),
    translations: org.translations ?? {},
    namespaces:
      org.namespaces === undefined || org.namespaces === "api"
        ? "api"
        : orNull(org.namespaces, "parent", "name", "code"),
    oidc: oidcOf(org.signIn?.oidc),
    sources: mapped(org.sources, ({ url }) => ({ url: fromFolder(url, folder), isStore: isStoreUrl(url) })),
    objects: mapped(org.objects, (object) => objectOf(object ?? {})),
  };
}

function approvalOf(approval: NonNullable<WrittenOrg["approval"]> | null): config.ApprovalConfig | null {
  return approval === null ? null : { rows: approval.rows ?? null, objects: names(approval.objects ?? []) };
}

function oidcOf(oidc: NonNullable<WrittenOrg["signIn"]>["oidc"]): config.OidcConfig | null {
  return oidc === undefined ? null : { ...oidc, name: oidc.name ?? new URL(oidc.issuer).host };
}

/** `sqlite:lab.db` beside the configuration, wherever the program was started. */
function fromFolder(url: string, folder: string): string {
  const path = pathOf(url);
  return path === null || path === ":memory:" ? url : `${schemeOf(url)}:${resolve(folder, path)}`;
}

/** The same with null for the keys that are absent. */
function orNull<Value extends object, Key extends string>(
  value: Value,
  ...keys: readonly Key[]
): Omit<Value, Key> & { readonly [K in Key]: K extends keyof Value ? Exclude<Value[K], undefined> | null : null } {
  return { ...Object.fromEntries(keys.map((key) => [key, null])), ...value } as never;
}

function names(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

function namesOrNull(value: string | readonly string[] | undefined): readonly string[] | null {
  return value === undefined ? null : names(value);
}

const OBJECT_KEYS = [
  ...(["source", "table", "query", "label", "documentation", "title"] as const),
  ...(["created", "updated", "namespace", "state", "owner", "retention"] as const),
];

function objectOf(object: WrittenObject): config.ObjectConfig {
  const { key, complete, fields, references, lists, files, policy, range, deleted, ...rest } = object;
  return {
    ...orNull(rest, ...OBJECT_KEYS),
    // Without the semicolon that people end it with: it becomes a part of other statements.
    query: rest.query?.trim().replace(/;+$/, "") ?? null,
    key: namesOrNull(key),
    complete: complete === undefined ? null : statesOf(complete),
    fields: mapped(fields, (field) => fieldOf(field ?? {})),
    references: mapped(references, (it) => (it === false ? false : pointing(it))),
    lists: mapped(lists, (it) => {
      if (it === false) return false;
      return "json" in it ? { json: it.json, keys: mapped(it.fields, keyOf), label: it.label ?? null } : pointing(it);
    }),
    files: mapped(files, (it) => ({ ...orNull(it, "store", "path", "column", "name", "size"), by: names(it.by) })),
    policy: policy ?? null,
    range: range === undefined ? null : { field: range.field, max: range.max ?? "P1Y" },
    deleted: deleted === undefined ? null : { ...deleted, key: names(deleted.key) },
  };
}

type Codes = string | number | boolean | readonly (string | number | boolean)[];

function statesOf(complete: Codes | { readonly state: Codes }): readonly string[] {
  const codes = typeof complete === "object" && "state" in complete ? complete.state : complete;
  return [codes].flat().map(String);
}

interface Pointing {
  readonly object: string;
  readonly by: string | readonly string[];
  readonly to?: string | readonly string[] | undefined;
}

function pointing({ object, by, to }: Pointing): config.ReferenceConfig {
  return { object, by: names(by), to: namesOrNull(to) };
}

function anyField(field: Omit<WrittenField, "keys">): Omit<config.FieldConfig, "keys"> {
  return {
    label: field.label ?? null,
    documentation: field.documentation ?? null,
    unit: field.unit ?? null,
    optional: field.optional ?? false,
    hidden: field.hidden ?? false,
    labels: mapped(field.labels, (it) => it),
    deidentify: field.deidentify === undefined ? null : deidentifyOf(field.deidentify),
    was: field.was ?? null,
  };
}

function fieldOf(field: WrittenField): config.FieldConfig {
  return { ...anyField(field), keys: mapped(field.keys, keyOf) };
}

function keyOf(key: WrittenKey): config.KeyConfig {
  return typeof key === "string" ? { ...anyField({}), type: key } : { ...anyField(key), type: key.type };
}

function deidentifyOf(written: WrittenDeidentify): config.DeidentifyConfig {
  if (typeof written === "string") return { below: null, rule: { rule: written } };
  const { below = null, ...rule } = written;
  return { below, rule: typeof rule.rule === "object" ? rule.rule : rule };
}
