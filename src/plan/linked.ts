// A selection of one object type carried over to another: the documents of these samples, the projects that they are in.
import { type Catalog, isColumn, type Link, type ObjectType } from "../catalog/types.ts";
import { usageError } from "../lib/errors.ts";
import type { Operand, Predicate } from "../query/predicate.ts";
import { type Access, fieldOfColumn } from "./scope.ts";

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
): Predicate {
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
  const having = to.lists
    .filter(({ object, by }) => object === from.name && mayFollow(by, from, to, true))
    .map(({ name }): Predicate => ({ op: "some", list: { through: [], list: name }, where }));
  const ways = [...pointing, ...having];
  if (ways.length > 0) return ways.length === 1 ? ways[0]! : { op: "or", of: ways };
  const others = [...catalog.objects.values()].filter(
    ({ name, kind, references, lists }) =>
      name !== to.name && kind !== "elements" && [...references, ...lists].some(({ object }) => object === from.name),
  );
  throw usageError("not-linked", `The template also has ${to.name}, which is not linked with ${from.name}.`, {
    hint:
      others.length === 0
        ? "Export it without choosing records."
        : `Linked with ${from.name}: ${others.map((it) => it.name).join(", ")}.`,
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
    default: {
      const { operand } = predicate;
      if (operand.kind === "element") return predicate;
      return { ...predicate, operand: { ...operand, through: [reference, ...operand.through] } };
    }
  }
}
