// What a principal may see of a catalog: rows by policy and namespace, fields by de-identification.
import type { Catalog, Field, ObjectType } from "../catalog/types.ts";
import { parseWhere } from "../query/parse-where.ts";
import type { Predicate } from "../query/predicate.ts";
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
    mayRead: (object, field) => !object.fields.some((it) => hides(it, field, principal)),
    // Hidden fields are there for links.
    mayLink: (object, field) => !object.fields.some((it) => it.column === field.column && isWithheld(it, principal)),
  };
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
  const byNamespace = parsed({ [namespace]: { $in: principal.namespaces } }, object, catalog);
  return byPolicy === null ? byNamespace : { op: "and", of: [byPolicy, byNamespace] };
}

function parsed(where: unknown, object: ObjectType, catalog: Catalog): Predicate {
  return parseWhere(where, object, catalog, {
    access: { mayRead: () => true, hidden: true },
    timeZone: catalog.timeZone ?? "UTC",
    pointer: "",
  });
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
