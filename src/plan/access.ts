// What a principal may see of a catalog: rows by policy and namespace, fields by de-identification.
import { hash } from "node:crypto";
import type { Catalog, DeidentifyRule, Field, ObjectType } from "../catalog/types.ts";
import { parseWhere } from "../query/parse-where.ts";
import type { Predicate } from "../query/predicate.ts";
import { WaybillError } from "../lib/errors.ts";
import { policyFor } from "./policy.ts";
import { type Principal, reaches } from "./principal.ts";
import type { Access } from "./scope.ts";

/** @param principal null for the operator, who sees every row. */
export function accessOf(principal: Principal | null, catalog: Catalog): Access {
  const policies = new Map<string, Predicate | null>();
  return {
    policy(object) {
      if (principal === null) return null;
      let policy = policies.get(object.name);
      if (policy === undefined) {
        policy = rowsOf(object, catalog, principal);
        policies.set(object.name, policy);
      }
      return policy;
    },
    mayRead: (object, field) => !secretsOf(object).some((it) => hides(it, field, principal)),
    shownAs: (object, field) => shownAs(object, field, principal),
    mayLink: (object, field, other) => {
      const rule = columnRule(object, field, principal);
      if (rule === null) return true;
      // Pseudonyms that are equal on both sides show the link anyway.
      const there = other === undefined ? null : columnRule(other.object, other.field, principal);
      return rule === "hash" && there === "hash";
    },
  };
}

/**
 * All that keeps a principal, within their namespaces, from records and values of some object types: policies and
 * de-identified fields, each as a hash. Who has no other limits than somebody else may have what those got.
 */
export function limitsOf(principal: Principal, objects: readonly string[], catalog: Catalog): string[] {
  return objects.flatMap((name) => {
    const { fields, policy } = catalog.objects.get(name) ?? { fields: [] };
    const withheld = fields
      .filter((it) => it.hidden === true || isWithheld(it, principal))
      .map(({ column, keys, hidden, deidentify }) => [name, column, keys, hidden, deidentify?.rule]);
    const limits = policy === undefined ? withheld : [...withheld, [name, policyFor(policy, principal)]];
    return limits.map((it) => hash("sha256", JSON.stringify(it)));
  });
}

/** The rule under which a field is shown that is not shown as it is: its own, or that of what it is in. */
function shownAs(object: ObjectType, field: Field, principal: Principal | null): DeidentifyRule | null {
  if (field.hidden === true || field.labels !== undefined) return null;
  const hiding = secretsOf(object).filter((it) => hides(it, field, principal));
  const depth = ({ keys = [] }: Field): number => keys.length;
  // What is hidden, and JSON with something in it that is, is not shown at all.
  if (hiding.some((it) => it.hidden === true || depth(it) > depth(field))) return null;
  return hiding.toSorted((a, b) => depth(b) - depth(a))[0]?.deidentify?.rule ?? null;
}

/** What is done to a column, or to a part of it, before the principal sees it. Hidden fields are there for links. */
function columnRule(object: ObjectType, field: Field, principal: Principal | null): DeidentifyRule["rule"] | null {
  const withheld = secretsOf(object).find((it) => it.column === field.column && isWithheld(it, principal));
  return withheld?.deidentify?.rule.rule ?? null;
}

/**
 * Checks what the policy of an object type names, and that it is a query.
 * @throws inputError at a JSON pointer into the policy
 */
export function checkPolicy(object: ObjectType, catalog: Catalog): void {
  if (object.policy !== undefined) parsed(policyFor(object.policy, null), object, catalog);
}

function rowsOf(object: ObjectType, catalog: Catalog, principal: Principal): Predicate | null {
  const { policy, roles } = object;
  const byPolicy = policy === undefined ? null : parsed(policyFor(policy, principal), object, catalog);
  const namespace = roles?.namespace;
  if (namespace === undefined || principal.namespaces === null) return byPolicy;
  const byNamespace = inNamespaces(namespace, principal.namespaces, object, catalog);
  return byPolicy === null ? byNamespace : { op: "and", of: [byPolicy, byNamespace] };
}

/** So many keys are surely no longer than a query may be. */
const AT_ONCE = 100;

/** Records of namespaces by their keys. One that cannot be a value of the field has no records, and keeps nobody from others. */
function inNamespaces(field: string, keys: readonly string[], object: ObjectType, catalog: Catalog): Predicate {
  const among = (some: readonly string[]): Predicate => parsed({ [field]: { $in: some } }, object, catalog);
  const parts: Predicate[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const part = keys.slice(from, from + AT_ONCE);
    parts.push(ifFits(() => among(part)) ?? among(part.filter((key) => ifFits(() => among([key])) !== null)));
  }
  if (parts.length === 0) return { op: "constant", value: false };
  return parts.length === 1 ? parts[0]! : { op: "or", of: parts };
}

function ifFits(make: () => Predicate): Predicate | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof WaybillError) return null;
    throw error;
  }
}

function parsed(where: unknown, object: ObjectType, catalog: Catalog): Predicate {
  return parseWhere(where, object, catalog, {
    access: { mayRead: () => true, hidden: true },
    timeZone: catalog.timeZone ?? "UTC",
    pointer: "",
  });
}

const secrets = new WeakMap<ObjectType, readonly Field[]>();

/** The fields that are kept from anybody: few among what may be many. */
function secretsOf(object: ObjectType): readonly Field[] {
  let its = secrets.get(object);
  if (its === undefined) {
    its = object.fields.filter(({ hidden, deidentify }) => hidden === true || deidentify !== undefined);
    secrets.set(object, its);
  }
  return its;
}

/**
 * Whether a field that the principal may not read as it is keeps another one from being read: itself, what is inside of
 * it, and the JSON that it is a part of.
 */
function hides(secret: Field, field: Field, principal: Principal | null): boolean {
  if (secret.column !== field.column) return false;
  const inside = startsWith(secret.keys ?? [], field.keys ?? []);
  // A hidden column may well show some of its keys, or its labels.
  if (secret.hidden === true && inside && (secret.keys !== undefined || secret === field)) return true;
  return isWithheld(secret, principal) && (inside || startsWith(field.keys ?? [], secret.keys ?? []));
}

function isWithheld({ deidentify }: Field, principal: Principal | null): boolean {
  if (deidentify === undefined) return false;
  return deidentify.below === null || (principal !== null && !reaches(principal.role, deidentify.below));
}

function startsWith(keys: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((key, n) => keys[n] === key);
}
