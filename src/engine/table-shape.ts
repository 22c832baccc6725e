// A table of a plan as formats see it.
import type { TableShape } from "../cells/row-writer.ts";
import type { TablePlan } from "../plan/plan.ts";

export function shapeOf(table: TablePlan): TableShape {
  const { name, label, documentation, columns } = table;
  return {
    name,
    ...(label === undefined ? {} : { label }),
    ...(documentation === undefined ? {} : { documentation }),
    columns,
    groups: table.groups,
    lists: table.lists.map((list) => ({ name: list.name, table: shapeOf(list.table) })),
  };
}
