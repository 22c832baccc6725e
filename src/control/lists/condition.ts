// A checked condition (CONTRACT section 3) on the items of a list, in SQL. All values are bound.
import { type RawBuilder, sql } from "kysely";
import type { Operand, Predicate } from "../../query/predicate.ts";
import { bound, boundAll, comparable, type List, type ListColumn } from "./list.ts";

type Condition = RawBuilder<boolean>;

const SIGNS = { "=": sql`=`, "<": sql`<`, "<=": sql`<=`, ">": sql`>`, ">=": sql`>=` } as const;

/** @param where about fields that are columns of the list */
export function conditionOf(where: Predicate, list: List): Condition {
  const again = (it: Predicate): Condition => conditionOf(it, list);
  switch (where.op) {
    case "constant":
      return where.value ? sql`true` : sql`false`;
    case "and":
    case "or":
      return sql`(${sql.join(where.of.map(again), where.op === "and" ? sql` and ` : sql` or `)})`;
    case "not":
      return sql`not (${again(where.of)})`;
    case "missing":
      return sql`${of(where.operand, list).value} is null`;
    case "compare": {
      const { column, compared } = of(where.operand, list);
      return sql`${compared} ${SIGNS[where.is]} ${bound(where.value.text, column.type)}`;
    }
    case "in": {
      const { column, compared } = of(where.operand, list);
      const texts = where.values.map(({ text }) => text);
      return sql`${compared} = any(${boundAll(texts, column.type)})`;
    }
    case "match":
      return sql`${of(where.operand, list).compared} ~ ${where.pattern}::text`;
    case "contains":
      return sql`strpos(${of(where.operand, list).compared}, ${where.text}::text) > 0`;
    case "startsWith":
      return sql`starts_with(${of(where.operand, list).compared}, ${where.text}::text)`;
    case "size":
      return sql`cardinality(${of(where.operand, list).value}) = ${where.size}::bigint`;
    case "all": {
      const { column, value } = of(where.operand, list);
      const texts = where.values.map(({ text }) => text);
      return sql`${value} @> ${boundAll(texts, column.type)}`;
    }
    case "element":
      return sql`exists (select 1 from unnest(${of(where.operand, list).value}) as element (value) where ${again(where.where)})`;
    case "oneOf":
    case "inBatch":
    case "linked":
    case "listSize":
    case "some":
      throw new Error(`${where.op} says nothing of a list`);
  }
}

const ELEMENT: ListColumn = { type: "text", nullable: false, value: sql`element.value` };

function of(operand: Operand, { columns }: List) {
  const column = operand.kind === "element" ? ELEMENT : columns[operand.field]!;
  return { column, value: column.value, compared: comparable(column) };
}
