// In which order rows come: as asked for, and always a total one.
import { TYPE_WORDS } from "../catalog/type-words.ts";
import { isColumn } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import { resolvePath } from "../query/field-path.ts";
import type { PlanContext, Scope } from "./scope.ts";
import type { ColumnExpression, Expression, Order } from "./select.ts";

/** The order asked for, made total by the key; without a key, by every column. */
export function orderOf(
  paths: readonly string[] | undefined,
  scope: Scope,
  context: PlanContext,
  place = "/order",
): Order[] {
  const order = (paths ?? []).flatMap((text, n) =>
    context.attempt(
      () => [byField(text, child(place, n), scope, context)],
      () => [],
    ),
  );
  return unlessOrdered(order, naturalOrder(scope, context));
}

function byField(text: string, pointer: string, scope: Scope, context: PlanContext): Order {
  const descending = text.startsWith("-");
  const path = descending ? text.slice(1) : text;
  const found = resolvePath(path, scope.object, context.catalog, pointer, context.access);
  if (found.kind !== "field") {
    throw inputError("order-not-suited", pointer, sentence`"${path}" is no field, so nothing can be ordered by it.`);
  }
  if (found.field.type === "array" || (found.field.type === "json" && found.keys.length === 0)) {
    throw inputError(
      "order-not-suited",
      pointer,
      sentence`The field "${path}" has no order, since it is ${TYPE_WORDS[found.field.type]}.`,
    );
  }
  return { by: scope.value(found.through, found.field.name, found.keys), descending };
}

/** An order, and what it does not already order by of another. */
export function unlessOrdered(
  order: readonly Order[],
  then: readonly { by: ColumnExpression; descending: false }[],
): Order[] {
  return [...order, ...then.filter((it) => !order.some(({ by }) => sameColumn(by, it.by)))];
}

/**
 * By the key, or by every column where there is none. A key that the principal may not know comes last: it parts records that
 * are the same otherwise, and tells nothing more.
 */
export function naturalOrder(scope: Scope, { access }: PlanContext): { by: ColumnExpression; descending: false }[] {
  const { object } = scope;
  const { key, fields } = object;
  const known = key.every((name) => fields.every((field) => field.name !== name || access.mayLink(object, field)));
  const visible = fields.filter((field) => isColumn(field) && field.hidden !== true && access.mayRead(object, field));
  const names = key.length > 0 && known ? key : [...visible.map((field) => field.name), ...key];
  return names.map((name) => ({ by: scope.column([], name), descending: false }));
}

/** Whether an expression is this very column. */
export function sameColumn(a: Expression, b: ColumnExpression): boolean {
  return a.kind === "column" && a.table === b.table && a.column === b.column;
}
