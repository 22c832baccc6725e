// The columns of a table's output, and what is told of the table.
import { type Field, isColumn, type ObjectType } from "../catalog/types.ts";
import type { ChosenColumn } from "./choose.ts";
import type { CellRule, PlanColumn, TablePlan } from "./plan.ts";

/** A chosen column that shows a cell. */
export function planColumn({ path, field, keys }: ChosenColumn, cell: number): PlanColumn {
  const { type, native } = field;
  return {
    name: path.join("."),
    path,
    ...(keys.length > 0 ? { type: "json" } : isColumn(field) ? { type, native } : { type }),
    nullable: field.nullable || keys.length > 0 || path.length > 1,
    cell,
    rules: rulesOf(field, keys),
    ...(field.label === undefined ? {} : { label: field.label }),
    ...(field.documentation === undefined ? {} : { documentation: field.documentation }),
  };
}

/** How a field, or what is under further keys of it, is made from its cell. */
export function rulesOf({ keys, type, labels }: Field, further: readonly string[]): CellRule[] {
  if (labels !== undefined) return [...(keys === undefined ? [] : [UNWRAP]), { rule: "translate", labels }];
  if (further.length > 0) return [UNWRAP];
  return keys === undefined ? [] : [{ rule: "unwrapJson", as: type }];
}

const UNWRAP: CellRule = { rule: "unwrapJson" };

/** Gives columns whose dotted names collide a number. */
export function unique(columns: readonly PlanColumn[]): PlanColumn[] {
  const taken = new Set<string>();
  return columns.map((column) => {
    let { name } = column;
    for (let n = 2; taken.has(name); n++) name = `${column.name} (${n})`;
    taken.add(name);
    return { ...column, name };
  });
}

/** What an object type says of itself. */
export function described(object: ObjectType): Pick<TablePlan, "object" | "label" | "documentation"> {
  const { name, label, documentation } = object;
  return {
    object: name,
    ...(label === undefined ? {} : { label }),
    ...(documentation === undefined ? {} : { documentation }),
  };
}

/** The columns that show an object type's key, or none when not all of it is shown. */
export function shownKey(object: ObjectType, columns: readonly PlanColumn[]): readonly string[] {
  const shown = object.key.map((key) => columns.find(({ path }) => path.length === 1 && path[0] === key));
  return shown.every((column) => column !== undefined) ? shown.map(({ name }) => name) : [];
}
