// Which columns, references and lists an export shows: paths, include and expand against the catalog.
import type { Catalog, Field, List, ObjectType } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { resolvePath } from "../query/field-path.ts";
import type { Access } from "./scope.ts";

/** A column to be shown: a field at the end of a walk, or keys inside of it. */
export interface ChosenColumn {
  readonly path: readonly string[];
  readonly through: readonly string[];
  readonly field: Field;
  readonly keys: readonly string[];
}

/** What is shown of an object type. */
export interface Choice {
  readonly object: ObjectType;
  readonly columns: ChosenColumn[];
  /** References that are shown as objects, by their walk. */
  readonly groups: (readonly string[])[];
  readonly lists: ChosenList[];
}

export interface ChosenList {
  readonly list: List;
  readonly choice: Choice;
}

/** The parts of a request that choose. */
export interface Wanted {
  readonly paths?: readonly string[] | undefined;
  readonly include?: readonly string[] | undefined;
  readonly expand?: readonly string[] | undefined;
}

/**
 * Chooses columns in the order in which they were asked for.
 * @throws usageError `unknown-field`, `not-a-reference`
 */
export function choose(object: ObjectType, wanted: Wanted, catalog: Catalog, access: Access): Choice {
  const chooser = new Chooser(catalog, access);
  const choice = emptyChoice(object);
  if (wanted.paths === undefined) chooser.addFields(choice, [], object);
  wanted.paths?.forEach((path, n) => chooser.addPath(choice, path, child("/paths", n)));
  wanted.include?.forEach((path, n) => chooser.addPath(choice, path, child("/include", n)));
  wanted.expand?.forEach((path, n) => chooser.expand(choice, path, child("/expand", n)));
  if (choice.columns.length === 0 && choice.lists.length === 0) {
    throw inputError("nothing-chosen", "/paths", "The export would have no column.", "Name at least one field.");
  }
  return choice;
}

class Chooser {
  readonly #catalog: Catalog;
  readonly #access: Access;

  constructor(catalog: Catalog, access: Access) {
    this.#catalog = catalog;
    this.#access = access;
  }

  /** Every field that is not optional and may be read. */
  addFields(choice: Choice, through: readonly string[], object: ObjectType): void {
    for (const field of object.fields) {
      if (field.optional === true || field.hidden === true || !this.#access.mayRead(object, field)) continue;
      addColumn(choice, { path: [...through, ...stepsOf(field)], through, field, keys: [] });
    }
  }

  addPath(choice: Choice, path: string, pointer: string): void {
    const found = resolvePath(path, choice.object, this.#catalog, pointer, this.#access);
    switch (found.kind) {
      case "field": {
        const { through, field, keys } = found;
        addGroups(choice, through);
        addColumn(choice, { path: [...through, ...stepsOf(field), ...keys], through, field, keys });
        return;
      }
      case "reference": {
        const through = [...found.through, found.reference.name];
        addGroups(choice, through);
        this.addFields(choice, through, found.object);
        return;
      }
      case "list": {
        if (found.through.length > 0) {
          throw inputError(
            "list-through-reference",
            pointer,
            `"${path}" is a list of another record, which cannot be shown here.`,
            `Export ${found.through.join(".")} on its own, with its list.`,
          );
        }
        const inner = listChoice(choice, found.list, found.object);
        if (found.rest.length === 0) this.addFields(inner, [], found.object);
        else this.addPath(inner, found.rest.join("."), pointer);
      }
    }
  }

  expand(choice: Choice, path: string, pointer: string): void {
    const found = resolvePath(path, choice.object, this.#catalog, pointer, this.#access);
    if (found.kind === "reference") {
      this.addPath(choice, path, pointer);
    } else if (found.kind === "list") {
      const inner = listChoice(choice, found.list, found.object);
      if (inner.columns.length === 0) this.addFields(inner, [], found.object);
      if (found.rest.length > 0) this.expand(inner, found.rest.join("."), pointer);
    } else {
      throw inputError("not-a-reference", pointer, `"${path}" is a field and no reference.`, "Leave it out of expand.");
    }
  }
}

/** Where a field stands in nested formats: a key inside of a column's JSON stands in an object. */
function stepsOf({ name, column, keys }: Field): readonly string[] {
  if (keys === undefined) return [name];
  return name === keys.join(".") ? keys : [column, ...keys];
}

function emptyChoice(object: ObjectType): Choice {
  return { object, columns: [], groups: [], lists: [] };
}

function addColumn(choice: Choice, column: ChosenColumn): void {
  if (!choice.columns.some((it) => same(it.path, column.path))) choice.columns.push(column);
}

/** Every reference on the way is shown as an object. */
function addGroups(choice: Choice, through: readonly string[]): void {
  for (let n = 1; n <= through.length; n++) {
    const walk = through.slice(0, n);
    if (!choice.groups.some((it) => same(it, walk))) choice.groups.push(walk);
  }
}

function listChoice(choice: Choice, list: List, object: ObjectType): Choice {
  let chosen = choice.lists.find((it) => it.list.name === list.name);
  if (chosen === undefined) {
    chosen = { list, choice: emptyChoice(object) };
    choice.lists.push(chosen);
  }
  return chosen.choice;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((step, n) => step === b[n]);
}
