// Which columns, references and lists an export shows: paths, include and expand against the catalog.
import type { Catalog, DeidentifyRule, Field, List, ObjectType } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import { type ReadAccess, resolvePath } from "../query/field-path.ts";
import type { Access } from "./scope.ts";

/** A column to be shown: a field at the end of a walk, or keys inside of it. */
export interface FieldColumn {
  readonly path: readonly string[];
  readonly through: readonly string[];
  /** The object type that the walk arrives at. */
  readonly object: ObjectType;
  readonly field: Field;
  readonly keys: readonly string[];
  /** What a template makes of it. */
  readonly rules?: ColumnRules;
}

/** A column of a template that shows no field: a fixed value, or nothing in the place of a field that is no more. */
export interface EmptyColumn {
  readonly path: readonly string[];
  readonly field: null;
  readonly rules: ColumnRules;
}

export type ChosenColumn = FieldColumn | EmptyColumn;

/** The rules of a template's column, in the order in which they apply. */
export interface ColumnRules {
  /** The header. */
  readonly name: string;
  readonly deidentify?: DeidentifyRule;
  readonly translate?: Readonly<Record<string, string>>;
  readonly default?: string | number | boolean;
  /** A Unicode date pattern. */
  readonly date?: string;
  readonly mandatory?: boolean;
  /** The type that the field had when the template was made, where it is another now. */
  readonly formerType?: string;
  /** Where it stands in the template. */
  readonly pointer: string;
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
    throw inputError(
      "nothing-chosen",
      "/paths",
      sentence`The export would have no column.`,
      sentence`Name at least one field.`,
    );
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
      if (field.optional === true || field.hidden === true || !isOnOffer(this.#access, object, field)) continue;
      addColumn(choice, fieldColumn(object, field, through));
    }
  }

  addPath(choice: Choice, path: string, pointer: string): void {
    const found = resolvePath(path, choice.object, this.#catalog, pointer, shownOnly(this.#access));
    switch (found.kind) {
      case "field": {
        const { through, object, field, keys } = found;
        addGroups(choice, through);
        addColumn(choice, { path: [...through, ...stepsOf(field), ...keys], through, object, field, keys });
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
            sentence`"${path}" is a list of another record, which cannot be shown here.`,
            sentence`Export ${found.through.join(".")} on its own, with its list.`,
          );
        }
        const inner = listChoice(choice, found.list, found.object);
        if (found.rest.length === 0) this.addFields(inner, [], found.object);
        else this.addPath(inner, found.rest.join("."), pointer);
      }
    }
  }

  expand(choice: Choice, path: string, pointer: string): void {
    const found = resolvePath(path, choice.object, this.#catalog, pointer, shownOnly(this.#access));
    if (found.kind === "reference") {
      this.addPath(choice, path, pointer);
    } else if (found.kind === "list") {
      const inner = listChoice(choice, found.list, found.object);
      if (inner.columns.length === 0) this.addFields(inner, [], found.object);
      if (found.rest.length > 0) this.expand(inner, found.rest.join("."), pointer);
    } else {
      throw inputError(
        "not-a-reference",
        pointer,
        sentence`"${path}" is a field and no reference.`,
        sentence`Leave it out of expand.`,
      );
    }
  }
}

/** A field of an object type at the end of a walk, for whoever chooses by themselves. */
export function fieldColumn(object: ObjectType, field: Field, through: readonly string[] = []): FieldColumn {
  return { path: [...through, ...stepsOf(field)], through, object, field, keys: [] };
}

/** For what is shown: de-identified fields are there, as their rules leave them. */
export function shownOnly(access: Access): ReadAccess {
  return {
    mayRead: (object, field) => access.mayRead(object, field) || access.shownAs(object, field) !== null,
    mayLink: (object, field, other) => access.mayLink(object, field, other),
  };
}

/** Whether a field is shown without being asked for: as it is, or as its rule leaves it. */
export function isOnOffer(access: Access, object: ObjectType, field: Field): boolean {
  if (access.mayRead(object, field)) return true;
  const rule = access.shownAs(object, field);
  return rule !== null && rule.rule !== "drop";
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
