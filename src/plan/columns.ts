// The columns of a table's output, and what is told of the table.
import type { ObjectType } from "../catalog/types.ts";
import type { ChosenColumn } from "./choose.ts";
import type { PlanColumn, TablePlan } from "./plan.ts";

/** A chosen column that shows a cell. */
export function planColumn({ path, field, keys }: ChosenColumn, cell: number): PlanColumn {
  return {
    name: path.join("."),
    path,
    ...(keys.length > 0 ? { type: "json" } : { type: field.type, native: field.native }),
    nullable: field.nullable || keys.length > 0 || path.length > 1,
    cell,
    rules: keys.length > 0 ? [{ rule: "unwrapJson" }] : [],
    ...(field.label === undefined ? {} : { label: field.label }),
    ...(field.documentation === undefined ? {} : { documentation: field.documentation }),
  };
}

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
