// An object type inside of a select: its alias, and the references that were followed from it.
import { type Catalog, type Field, isColumn, type Link, type List, type ObjectType } from "../catalog/types.ts";
import type { DeidentifyRule, Reference } from "../catalog/types.ts";
import { type Attempt, strictly } from "../lib/mistakes.ts";
import type { LinkEnd } from "../query/field-path.ts";
import type { ListOperand, Operand, Predicate } from "../query/predicate.ts";
import type { ColumnExpression, Condition, Expression, Join, ListScope, ScalarExpression } from "./select.ts";

/** What a principal may see (`access.ts`). */
export interface Access {
  /** The rows of an object type that the principal may see; null for all. */
  policy(object: ObjectType): Predicate | null;
  /** Whether the principal may read a field as it is, filter and sort by it. */
  mayRead(object: ObjectType, field: Field): boolean;
  /** How a field that may not be read as it is can be shown all the same; null where it cannot. */
  shownAs(object: ObjectType, field: Field): DeidentifyRule | null;
  /** Whether the principal may follow what goes by a field (to `other`), and have records in its order. */
  mayLink(object: ObjectType, field: Field, other?: LinkEnd): boolean;
}

/** Access to everything, as the command line has it. */
export const fullAccess: Access = {
  policy: () => null,
  mayRead: () => true,
  shownAs: () => null,
  mayLink: () => true,
};

/** Where and for whom values are shown. */
export interface Locale {
  /** IANA name. */
  readonly timeZone: string;
  readonly language: string;
}

/** What the scopes of one plan share: the catalog, the principal's access, and the numbering of aliases. */
export class PlanContext {
  readonly catalog: Catalog;
  readonly access: Access;
  readonly timeZone: string;
  readonly language: string;
  /** What becomes of columns and orders that are wrong. */
  readonly attempt: Attempt;
  readonly #aliases: { next: number };

  constructor(
    catalog: Catalog,
    access: Access,
    locale: Locale,
    attempt: Attempt = strictly,
    aliases: { next: number } = { next: 0 },
  ) {
    this.attempt = attempt;
    this.catalog = catalog;
    this.access = access;
    this.timeZone = locale.timeZone;
    this.language = locale.language;
    this.#aliases = aliases;
  }

  alias(): string {
    return `t${this.#aliases.next++}`;
  }

  /** The same, for what policies ask: they see everything, so that they need no policies of their own. */
  get trusted(): PlanContext {
    return new PlanContext(this.catalog, fullAccess, this, strictly, this.#aliases);
  }

  object(name: string): ObjectType {
    const object = this.catalog.objects.get(name);
    if (object === undefined) throw new Error(`the catalog has no object type ${name}`);
    return object;
  }
}

/** One FROM with its joins. Following the same reference twice joins it once. */
export class Scope {
  readonly object: ObjectType;
  readonly alias: string;
  readonly #context: PlanContext;
  readonly #joins = new Map<string, { readonly join: Join; readonly object: ObjectType }>();

  constructor(context: PlanContext, object: ObjectType, alias: string = context.alias()) {
    this.#context = context;
    this.object = object;
    this.alias = alias;
  }

  get joins(): readonly Join[] {
    return [...this.#joins.values()].map(({ join }) => join);
  }

  /** The column of a field at the end of a walk through references. */
  column(through: readonly string[], field: string): ColumnExpression {
    const { alias, object } = this.#arrive(through);
    const column = columnOf(alias, fieldNamed(object, field));
    // Behind a reference there may be no record.
    return through.length === 0 ? column : { ...column, nullable: true };
  }

  /** The value at a field, or under keys of it. */
  value(through: readonly string[], field: string, keys: readonly string[]): ScalarExpression {
    const { alias, object } = this.#arrive(through);
    const found = fieldNamed(object, field);
    const own = columnOf(alias, found);
    const column = through.length === 0 ? own : { ...own, nullable: true };
    const inside = [...(found.keys ?? []), ...keys];
    return inside.length === 0 ? column : { kind: "keys", of: column, keys: inside, type: "json" };
  }

  /** A column that is missing exactly when the walk arrives at no record. */
  presence(through: readonly string[]): ColumnExpression {
    const { alias, object, by } = this.#arrive(through);
    return { ...this.#linked(alias, object, by[0]!.to), nullable: true };
  }

  /** What the principal may see of this object type, and what was asked for. */
  restricted(where: Predicate | null): Condition | null {
    const policy = this.policy();
    const asked = where === null ? null : this.condition(where);
    if (policy === null || asked === null) return policy ?? asked;
    return { op: "and", of: [policy, asked] };
  }

  /** The policy of this object type on this alias, free of joins of its own. */
  policy(): Condition | null {
    const predicate = this.#context.access.policy(this.object);
    if (predicate === null) return null;
    const { trusted } = this.#context;
    const inner = new Scope(trusted, this.object);
    const condition = inner.condition(predicate);
    if (inner.joins.length === 0) return new Scope(trusted, this.object, this.alias).condition(predicate);
    // It looks through references: ask for the same record again, with what it needs joined to it.
    const by = this.object.key.map((name) => ({ from: this.column([], name), to: inner.column([], name) }));
    if (by.length === 0) return { op: "constant", value: false };
    return {
      op: "some",
      list: {
        parent: this.alias,
        table: inner.alias,
        from: this.object.table,
        by,
        joins: inner.joins,
        policy: null,
      },
      where: condition,
    };
  }

  /** A checked predicate in terms of this scope's columns. */
  condition(predicate: Predicate): Condition {
    switch (predicate.op) {
      case "constant":
        return predicate;
      case "and":
      case "or":
        return { op: predicate.op, of: predicate.of.map((it) => this.condition(it)) };
      case "not":
        return { op: "not", of: this.condition(predicate.of) };
      case "listSize":
        return { op: "listSize", list: this.#list(predicate.list).list(), size: predicate.size };
      case "some": {
        const { scope, list } = this.#list(predicate.list);
        const where = scope.condition(predicate.where);
        return { op: "some", list: list(), where };
      }
      case "element":
        return { op: "element", operand: this.#operand(predicate.operand), where: this.condition(predicate.where) };
      case "oneOf":
      case "inBatch":
        return { ...predicate, operands: predicate.operands.map((it) => this.#operand(it)) };
      default:
        return { ...predicate, operand: this.#operand(predicate.operand) };
    }
  }

  #operand(operand: Operand): Expression {
    if (operand.kind === "field") return this.value(operand.through, operand.field, operand.keys);
    const element = { kind: "element", type: operand.type } as const;
    return operand.keys.length === 0 ? element : { kind: "keys", of: element, keys: operand.keys, type: "json" };
  }

  /** A list's scope. `list` is asked last, when every join that its conditions need is there. */
  #list(operand: ListOperand): { scope: Scope; list: () => ListScope } {
    const { alias, object } = this.#arrive(operand.through);
    const found = listNamed(object, operand.list);
    const scope = new Scope(this.#context, this.#context.object(found.object));
    const by = found.by.map(({ from, to }) => ({
      from: this.#linked(alias, object, from),
      to: this.#linked(scope.alias, scope.object, to),
    }));
    const policy = scope.policy();
    return {
      scope,
      list: () => ({ parent: alias, table: scope.alias, from: scope.object.table, by, joins: scope.joins, policy }),
    };
  }

  /** The alias and object type that a walk arrives at, joining what was not joined before. */
  #arrive(through: readonly string[]): { alias: string; object: ObjectType; by: readonly Link[] } {
    let alias = this.alias;
    let object = this.object;
    let by: readonly Link[] = [];
    through.forEach((step, n) => {
      const reference = referenceNamed(object, step);
      by = reference.by;
      const path = JSON.stringify(through.slice(0, n + 1));
      let known = this.#joins.get(path);
      if (known === undefined) {
        known = this.#follow(alias, object, reference);
        this.#joins.set(path, known);
      }
      alias = known.join.table;
      object = known.object;
    });
    return { alias, object, by };
  }

  #follow(alias: string, object: ObjectType, reference: Reference): { join: Join; object: ObjectType } {
    const target = new Scope(this.#context, this.#context.object(reference.object));
    const by = reference.by.map(({ from, to }) => ({
      from: this.#linked(alias, object, from),
      to: this.#linked(target.alias, target.object, to),
    }));
    const join = { table: target.alias, from: target.object.table, by, policy: target.policy() };
    return { join, object: target.object };
  }

  /** A column that links tables, by its name in the database. */
  #linked(alias: string, object: ObjectType, column: string): ColumnExpression {
    return columnOf(alias, fieldOfColumn(object, column));
  }
}

/** The field that is a column of the database. */
export function fieldOfColumn(object: ObjectType, column: string): Field {
  const field = object.fields.find((it) => it.column === column && isColumn(it));
  if (field === undefined) throw new Error(`${object.name} has no column ${column}`);
  return field;
}

function columnOf(table: string, field: Field): ColumnExpression {
  const { column, element, native, nullable } = field;
  const type = field.keys === undefined ? field.type : "json";
  return { kind: "column", table, column, type, native, nullable, ...(element === undefined ? {} : { element }) };
}

function fieldNamed(object: ObjectType, name: string): Field {
  const field = object.fields.find((it) => it.name === name);
  if (field === undefined) throw new Error(`${object.name} has no field ${name}`);
  return field;
}

function referenceNamed(object: ObjectType, name: string): Reference {
  const reference = object.references.find((it) => it.name === name);
  if (reference === undefined) throw new Error(`${object.name} has no reference ${name}`);
  return reference;
}

function listNamed(object: ObjectType, name: string): List {
  const list = object.lists.find((it) => it.name === name);
  if (list === undefined) throw new Error(`${object.name} has no list ${name}`);
  return list;
}
