// A list of an object type by its name, for whoever may follow it.
import type { Catalog, List, ObjectType } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { suggest } from "../lib/suggest.ts";
import { resolvePath } from "../query/field-path.ts";
import { shownOnly } from "./choose.ts";
import type { Access } from "./scope.ts";

/** @throws inputError `unknown-list`, and `unknown-field` where it may not be followed */
export function listNamed(
  name: string,
  object: ObjectType,
  catalog: Catalog,
  access: Access,
  pointer: string,
): { readonly list: List; readonly items: ObjectType } {
  if (!object.lists.some((it) => it.name === name)) {
    const names = object.lists.map((it) => it.name);
    const hint = names.length === 0 ? undefined : suggest(name, names);
    throw inputError("unknown-list", pointer, `${object.name} has no list "${name}".`, hint);
  }
  const found = resolvePath(`lists.${name}`, object, catalog, pointer, shownOnly(access));
  if (found.kind === "list" && found.rest.length === 0) return { list: found.list, items: found.object };
  throw inputError("unknown-list", pointer, `The list "${name}" of ${object.name} cannot be reached by its name.`);
}
