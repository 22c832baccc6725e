// A selection of one object type carried over to another: the documents of these samples, the projects that they are in.
import { type Catalog, isColumn, type Link, type List, type ObjectType } from "../catalog/types.ts";
import { usageError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import type { Operand, Predicate } from "../query/predicate.ts";
import { type Access, fieldOfColumn } from "./scope.ts";

/** A selection as a condition on another object type, and the lists of that one that it goes by and nobody has named. */
export interface CarriedOver {
  readonly where: Predicate;
  readonly lists: readonly List[];
}

/**
 * The records of `to` that are linked with a record of `from` that fulfils `where`, by any reference between the two
 * that the principal may follow.
 * @throws usageError `not-linked` when there is none
 */
export function carriedOver(
  where: Predicate,
  from: ObjectType,
  to: ObjectType,
  catalog: Catalog,
  access: Access,
): CarriedOver {
  const mayFollow = (by: readonly Link[], pointing: ObjectType, other: ObjectType, back: boolean): boolean =>
    by.every((link) => {
      const field = fieldOfColumn(pointing, back ? link.to : link.from);
      return access.mayLink(pointing, field, {
        object: other,
        field: fieldOfColumn(other, back ? link.from : link.to),
      });
    });
  const pointing = to.references
    .filter(({ object, by }) => object === from.name && mayFollow(by, to, from, false))
    .map(({ name, by }): Predicate => {
      const column = by[0]?.to;
      const key = from.fields.find((it) => it.column === column && isColumn(it));
      if (key === undefined) throw new Error(`${from.name} has no column ${column}`);
      const operand: Operand = { kind: "field", through: [name], field: key.name, keys: [], type: key.type };
      // A record that points at none has none that fulfils anything.
      return { op: "and", of: [{ op: "not", of: { op: "missing", operand } }, behind(where, name)] };
    });
  const named = to.lists.filter(({ object }) => object === from.name);
  const backwards = ({ name, by }: Pick<List, "name" | "by">): List => {
    const back = by.map((it) => ({ from: it.to, to: it.from }));
    return { name: `${from.name}\0${name}`, object: from.name, by: back, enforced: false };
  };
  const alike = (some: readonly Pick<List, "object" | "by">[], { object, by }: List): boolean =>
    some.some((it) => it.object === object && JSON.stringify(it.by) === JSON.stringify(by));
  const lists = from.references
    .filter(({ object }) => object === to.name)
    .map(backwards)
    .filter((list) => !alike(named, list));
  // The items of a list that nobody made a reference of: each has the record that the list is of.
  const holders = from.lists
    .filter(
      ({ object, by }) =>
        object === to.name &&
        mayFollow(
          by.map((it) => ({ from: it.to, to: it.from })),
          to,
          from,
          false,
        ),
    )
    .map(backwards)
    .filter((list) => !alike([...to.references, ...named, ...lists], list));
  const having = [...named, ...lists]
    .filter(({ object, by }) => object === from.name && mayFollow(by, from, to, true))
    .map(({ name }): Predicate => ({ op: "some", list: { through: [], list: name }, where }));
  const held = holders.map(({ name }): Predicate => ({ op: "some", list: { through: [], list: name }, where }));
  const ways = [...pointing, ...having, ...held];
  if (ways.length > 0) {
    return { where: ways.length === 1 ? ways[0]! : { op: "or", of: ways }, lists: [...lists, ...holders] };
  }
  const others = [...catalog.objects.values()].filter(
    ({ name, kind, references, lists: its }) =>
      name !== to.name && kind !== "elements" && [...references, ...its].some(({ object }) => object === from.name),
  );
  throw usageError("not-linked", sentence`The template also has ${to.name}, which is not linked with ${from.name}.`, {
    hint:
      others.length === 0
        ? sentence`Export it without choosing records.`
        : sentence`Linked with ${from.name}: ${others.map((it) => it.name).join(", ")}.`,
  });
}

/** A condition on a record as one on those that point at it. */
function behind(predicate: Predicate, reference: string): Predicate {
  switch (predicate.op) {
    case "constant":
      return predicate;
    case "and":
    case "or":
      return { op: predicate.op, of: predicate.of.map((it) => behind(it, reference)) };
    case "not":
      return { op: "not", of: behind(predicate.of, reference) };
    case "listSize":
    case "some": {
      const { through, list } = predicate.list;
      return { ...predicate, list: { through: [reference, ...through], list } };
    }
    case "oneOf":
    case "inBatch":
      return { ...predicate, operands: predicate.operands.map((it) => operandBehind(it, reference)) };
    default:
      return { ...predicate, operand: operandBehind(predicate.operand, reference) };
  }
}

function operandBehind(operand: Operand, reference: string): Operand {
  return operand.kind === "element" ? operand : { ...operand, through: [reference, ...operand.through] };
}
