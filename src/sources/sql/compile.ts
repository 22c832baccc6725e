// A select as SQL. All user text goes through `identifier` and `literal` of the dialect; nothing else is pasted in.
import type { ElementRows, FieldType, Relation } from "../../catalog/types.ts";
import type {
  After,
  ColumnExpression,
  Condition,
  Expression,
  FirstOfEach,
  Join,
  ListScope,
  Order,
  ParentBinding,
  ScalarExpression,
  Select,
} from "../../plan/select.ts";
import type { Value } from "../../query/predicate.ts";
import { afterPlace, type Term } from "./after.ts";
import type { Dialect, Statement } from "./dialect.ts";

/** The statement for a select. */
export function compileSelect(select: Select, dialect: Dialect): Statement {
  const compiler = new Compiler(dialect, select.timeZone);
  const text = compiler.select(select);
  return { text, values: compiler.values, patterns: compiler.patterns };
}

class Compiler {
  readonly values: unknown[] = [];
  patterns = false;
  readonly #dialect: Dialect;
  readonly #timeZone: string;
  /** Aliases of the `elements` items that are open, innermost last. */
  readonly #elements: string[] = [];
  #aliases = 0;

  constructor(dialect: Dialect, timeZone: string) {
    this.#dialect = dialect;
    this.#timeZone = timeZone;
  }

  // Values are bound in the order in which their placeholders stand, so each part is made in its place in the text.
  select(select: Select): string {
    if (select.last !== undefined) return this.#firstOfEach(select, select.last);
    if (select.each !== undefined) return this.#ofEach(select, select.each);
    const strict = select.groupBy !== null && this.#dialect.strictGroups;
    const columns = select.columns.map((column) =>
      this.#dialect.output(column, strict ? this.#comparable(column) : this.#expression(column)),
    );
    const parts = [`SELECT ${columns.join(", ")} FROM ${this.#from(select)}`, ...this.#where(select)];
    if (select.groupBy !== null && select.groupBy.length > 0) {
      parts.push(`GROUP BY ${select.groupBy.map((it) => this.#comparable(it)).join(", ")}`);
    }
    if (select.having !== null) parts.push(`HAVING ${this.#condition(select.having)}`);
    const order = [...this.#parentOrder(select.parent), ...this.#order(select)];
    if (order.length > 0) parts.push(`ORDER BY ${order.join(", ")}`);
    if (select.limit !== null) parts.push(this.#dialect.limit(select.limit));
    return parts.join(" ");
  }

  #where({ where, after, before, order }: Select): string[] {
    const all = [
      ...(where === null ? [] : [this.#condition(where)]),
      ...(after === undefined ? [] : [this.#after(after, order)]),
      // Those before a place come after it in the opposite order.
      ...(before === undefined ? [] : [this.#after(before, order.map(opposite))]),
    ];
    return all.length === 0 ? [] : [`WHERE ${all.join(" AND ")}`];
  }

  #after({ values, part }: After, order: readonly Order[]): string {
    const dialect = this.#dialect;
    const terms = order.flatMap(({ by, descending }, n) =>
      Array.from({ length: orderTermCount(by) }, (_, m) => {
        const value = values[n]?.[m] ?? null;
        const [type, native] = by.type === "json" ? [JSON_ORDER[m]!, null] : [by.type, nativeOf(by)];
        const isUnread = value !== null && dialect.isUnread?.(value, type, native) === true;
        const term: Term = {
          sql: () => this.#orderTerms(by)[m]!,
          value: value === null || isUnread ? null : () => dialect.comparableValue(value, type, native, this.values),
          descending,
          missing: this.#missingIn(by, descending),
        };
        return { term, isUnread };
      }),
    );
    // Whoever tells near from far takes a value that cannot be read for one that is there.
    const whole = part === "near" && terms[0]?.isUnread === true ? "all" : part;
    return afterPlace(
      terms.map(({ term }) => term),
      whole,
    );
  }

  /** Where missing values stand. What does not read as the type of a column that has none stands where the database puts it. */
  #missingIn(by: Expression, descending: boolean): Term["missing"] {
    if (nullable(by)) return descending ? "first" : "last";
    if (this.#dialect.mayBeUnread?.(by.type, nativeOf(by)) !== true) return null;
    return descending ? "last" : "first";
  }

  /** The rows with a number each among those that are alike, and of these the first. */
  #firstOfEach(select: Select, { by, order }: FirstOfEach): string {
    const columns = select.columns.map((column, n) => {
      return `${this.#dialect.output(column, this.#expression(column))} AS ${this.#name(`c${n}`)}`;
    });
    const terms = select.order.flatMap((it) => this.#orderTerms(it.by));
    const orders = terms.map((sql, n) => `${sql} AS ${this.#name(`o${n}`)}`);
    const alike = by.flatMap((it) => this.#orderTerms(it)).join(", ");
    // Whatever the direction, a missing value is never the first.
    const first = order
      .flatMap(({ by: it, descending }) =>
        this.#orderTerms(it).map((sql) => `${sql} IS NULL, ${sql}${descending ? " DESC" : ""}`),
      )
      .join(", ");
    const rank = `ROW_NUMBER() OVER (PARTITION BY ${alike} ORDER BY ${first}) AS ${this.#name("n")}`;
    const inner = [`SELECT ${[...columns, ...orders, rank].join(", ")} FROM ${this.#from(select)}`];
    if (select.where !== null) inner.push(`WHERE ${this.#condition(select.where)}`);
    const ways = directionsOf(select.order);
    const shown = select.columns.map((_, n) => this.#name(`c${n}`));
    const parts = [`SELECT ${shown.join(", ")} FROM (${inner.join(" ")}) ${this.#name("l")}`];
    parts.push(`WHERE ${this.#name("n")} = 1`);
    if (ways.length > 0) {
      const said = ways.map((way, n) => this.#directed(this.#name(`o${n}`), way.descending, way.nullable));
      parts.push(`ORDER BY ${said.join(", ")}`);
    }
    if (select.limit !== null) parts.push(this.#dialect.limit(select.limit));
    return parts.join(" ");
  }

  /**
   * The rows of several conditions: a limited select of each, of which a database with an index reads no more than it
   * gives; without one, everything is looked through once.
   */
  #ofEach(select: Select, each: readonly Condition[]): string {
    const isOnce = this.#dialect.readsOnce === true && select.groupBy === null && select.limit !== null;
    const parts = isOnce ? [this.#numberedOfEach(select, each)] : each.map((it, n) => this.#oneOfEach(select, it, n));
    const ways = directionsOf(select.groupBy === null ? select.order : []);
    const order = ways.map((way, n) => this.#directed(this.#name(`o${n}`), way.descending, way.nullable));
    const shown = select.columns.map((_, n) => this.#name(`c${n}`));
    const rows = `SELECT ${shown.join(", ")} FROM (${parts.join(" UNION ALL ")}) ${this.#name("l")}`;
    const within = isOnce ? ` WHERE ${this.#name("n")} <= ${select.limit}` : "";
    return `${rows}${within} ORDER BY ${[this.#name("w"), ...order].join(", ")}`;
  }

  #oneOfEach(select: Select, condition: Condition, n: number): string {
    const { where, limit } = select;
    const columns = this.#columnsOfEach(select, () => String(n));
    const all = this.#where({ ...select, where: where === null ? condition : { op: "and", of: [where, condition] } });
    const parts = [`SELECT ${columns.join(", ")} FROM ${this.#from(select)}`, ...all];
    if (limit === null) return parts.join(" ");
    parts.push(`ORDER BY ${this.#order(select).join(", ")}`, this.#dialect.limit(limit));
    return `SELECT * FROM (${parts.join(" ")}) ${this.#name(`e${n}`)}`;
  }

  #numberedOfEach(select: Select, each: readonly Condition[]): string {
    const which = (): string => `CASE ${each.map((it, n) => `WHEN ${this.#condition(it)} THEN ${n}`).join(" ")} END`;
    const columns = this.#columnsOfEach(select, which);
    const some: Condition = { op: "or", of: each };
    const all = this.#where({
      ...select,
      where: select.where === null ? some : { op: "and", of: [select.where, some] },
    });
    columns.push(
      `ROW_NUMBER() OVER (PARTITION BY ${which()} ORDER BY ${this.#order(select).join(", ")}) AS ${this.#name("n")}`,
    );
    return [`SELECT ${columns.join(", ")} FROM ${this.#from(select)}`, ...all].join(" ");
  }

  /** What a select shows, what it is ordered by, and which of the conditions its rows are given for. */
  #columnsOfEach(select: Select, which: () => string): string[] {
    const columns = select.columns.map((column, n) => {
      const sql = column.kind === "which" ? which() : this.#expression(column);
      return `${this.#dialect.output(column, sql)} AS ${this.#name(`c${n}`)}`;
    });
    const terms = select.groupBy === null ? select.order.flatMap((it) => this.#orderTerms(it.by)) : [];
    const orders = terms.map((sql, n) => `${sql} AS ${this.#name(`o${n}`)}`);
    return [...columns, ...orders, `${which()} AS ${this.#name("w")}`];
  }

  #from(select: Select): string {
    const own = `${this.#table(select.from)} ${this.#name(select.table)}`;
    const joins = select.joins.map((join) => this.#join(join)).join("");
    if (select.parent === null) return own + joins;
    const { by } = select.parent;
    const on = by.map(({ to }, n) => `${this.#name(PARENT)}.${this.#name(`k${n}`)} = ${this.#column(to)}`);
    const parent = `(${this.#parent(select.parent)}) ${this.#name(PARENT)}`;
    const isOwn = by.every(({ to }) => to.table === select.table);
    // What is joined must be there before it is named.
    if (!isOwn) return `${own}${joins} JOIN ${parent} ON ${on.join(" AND ")}`;
    return `${parent} JOIN ${own} ON ${on.join(" AND ")}${joins}`;
  }

  /** The rows of a parent: its unique columns as k0, k1, …, and what its rows are ordered by as o0, o1, …. */
  #parent(parent: ParentBinding): string {
    const { select, by } = parent;
    const keys = by.map(({ from }, n) => `${this.#column(from)} AS ${this.#name(`k${n}`)}`);
    const inherited = this.#parentOrderNames(select.parent);
    const orders = [...inherited.map((sql) => sql), ...select.order.flatMap((order) => this.#orderTerms(order.by))].map(
      (sql, n) => `${sql} AS ${this.#name(`o${n}`)}`,
    );
    const parts = [`SELECT ${[...keys, ...orders].join(", ")} FROM ${this.#from(select)}`, ...this.#where(select)];
    if (select.limit !== null) {
      parts.push(`ORDER BY ${[...this.#parentOrder(select.parent), ...this.#order(select)].join(", ")}`);
      parts.push(this.#dialect.limit(select.limit));
    }
    return parts.join(" ");
  }

  /** The order columns of a parent as its children see them. */
  #parentOrderNames(parent: ParentBinding | null): string[] {
    if (parent === null) return [];
    return directions(parent).map((_, n) => `${this.#name(PARENT)}.${this.#name(`o${n}`)}`);
  }

  #parentOrder(parent: ParentBinding | null): string[] {
    if (parent === null) return [];
    const names = this.#parentOrderNames(parent);
    return directions(parent).map((way, n) => this.#directed(names[n]!, way.descending, way.nullable));
  }

  #order(select: Select): string[] {
    const terms = (by: Expression): string[] =>
      select.groupBy === null ? this.#orderTerms(by) : [this.#comparable(by)];
    return select.order.flatMap((order) =>
      terms(order.by).map((sql) => this.#directed(sql, order.descending, nullable(order.by))),
    );
  }

  #directed(sql: string, descending: boolean, canBeMissing: boolean): string {
    if (this.#dialect.directed !== undefined) return this.#dialect.directed(sql, descending, canBeMissing);
    const nulls = canBeMissing ? (descending ? this.#dialect.nullsFirst : this.#dialect.nullsLast) : "";
    return `${sql}${descending ? " DESC" : ""}${nulls}`;
  }

  /** JSON is ordered by number, then by text; everything else by its comparable form. */
  #orderTerms(expression: Expression): string[] {
    if (orderTermCount(expression) === 1) return [this.#comparable(expression)];
    const json = expression as ScalarExpression;
    return JSON_ORDER.map((type) => {
      const is = this.#dialect.jsonIs(json, this.#expression(json), type);
      const value = this.#dialect.jsonAs(json, this.#expression(json), type);
      return `CASE WHEN ${is} THEN ${this.#dialect.comparable(type, null, value)} END`;
    });
  }

  #join(join: Join): string {
    const on = join.by.map(({ from, to }) => `${this.#column(from)} = ${this.#column(to)}`);
    const table = `${this.#table(join.from)} ${this.#name(join.table)}`;
    if (join.policy !== null) on.push(this.#condition(join.policy));
    return ` LEFT JOIN ${table} ON ${on.join(" AND ")}`;
  }

  #condition(condition: Condition): string {
    const dialect = this.#dialect;
    switch (condition.op) {
      case "constant":
        return condition.value ? "(1 = 1)" : "(1 = 0)";
      case "and":
      case "or":
        return `(${condition.of.map((it) => this.#condition(it)).join(condition.op === "and" ? " AND " : " OR ")})`;
      case "not":
        return `(NOT ${this.#condition(condition.of)})`;
      case "missing":
        return this.#missing(condition.operand);
      case "compare":
        return this.#compare(
          condition.operand,
          condition.value,
          (sql, value) => `${sql} ${condition.is} ${value()}`,
          condition.is === "=" ? [condition.value] : [],
        );
      case "linked":
        return this.#linked(condition.operand, condition.value);
      case "in":
        return this.#in(condition.operand, condition.values);
      case "oneOf":
        return this.#oneOf(condition.operands, condition.rows);
      case "inBatch":
        throw new Error("the keys of the batch were not put in");
      case "match":
        this.patterns = true;
        return this.#onText(condition.operand, (sql) => dialect.match(sql, condition.pattern, this.values));
      case "contains":
        return this.#onText(condition.operand, (sql) => dialect.contains(sql, condition.text, this.values));
      case "startsWith":
        return this.#onText(condition.operand, (sql) => dialect.startsWith(sql, condition.text, this.values));
      case "size": {
        const operand = scalar(condition.operand);
        if (operand.type !== "json") {
          return `(${dialect.arraySize(operand, this.#expression(operand))} = ${condition.size})`;
        }
        const missing = this.#missing(operand);
        const is = dialect.jsonIs(operand, this.#expression(operand), "array");
        return `(CASE WHEN ${missing} THEN NULL WHEN ${is} THEN ${dialect.arraySize(operand, this.#expression(operand))} = ${condition.size} ELSE (1 = 0) END)`;
      }
      case "all":
        return this.#condition({
          op: "and",
          of: condition.values.map((value) => ({
            op: "element",
            operand: condition.operand,
            where: {
              op: "compare",
              operand: { kind: "element", type: elementType(scalar(condition.operand)) },
              is: "=",
              value,
            },
          })),
        });
      case "element":
        return this.#someElement(scalar(condition.operand), condition.where);
      case "listSize":
        return `((SELECT COUNT(*) FROM ${this.#listFrom(condition.list)} WHERE ${this.#listWhere(condition.list)}) = ${condition.size})`;
      case "some":
        return `EXISTS (SELECT 1 FROM ${this.#listFrom(condition.list)} WHERE ${this.#listWhere(condition.list)} AND ${this.#condition(condition.where)})`;
    }
  }

  #listFrom(list: ListScope): string {
    const joins = list.joins.map((join) => this.#join(join)).join("");
    return `${this.#table(list.from)} ${this.#name(list.table)}${joins}`;
  }

  #listWhere(list: ListScope): string {
    const by = list.by.map(({ from, to }) => `${this.#column(to)} = ${this.#column(from)}`);
    if (list.policy !== null) by.push(this.#condition(list.policy));
    return by.join(" AND ");
  }

  #someElement(array: ScalarExpression, where: Condition): string {
    const alias = `e${this.#aliases++}`;
    const missing = this.#missing(array);
    const from = this.#dialect.elements(array, this.#expression(array), alias);
    this.#elements.push(alias);
    const condition = this.#condition(where);
    this.#elements.pop();
    return `(CASE WHEN ${missing} THEN NULL ELSE EXISTS (SELECT 1 FROM ${from} WHERE ${condition}) END)`;
  }

  #missing(operand: Expression): string {
    if (operand.type !== "json") {
      return `(${this.#expression(operand)} IS NULL)`;
    }
    const isNull = this.#dialect.jsonIs(scalar(operand), this.#expression(operand), "null");
    return `(${this.#expression(operand)} IS NULL OR ${isNull})`;
  }

  /**
   * A comparison that is unknown for a missing operand and false for JSON, or a loose column, of another type.
   * @param among the values of which the operand must be one, if it must
   */
  #compare(
    operand: Expression,
    value: Value,
    say: (sql: string, value: () => string) => string,
    among: readonly Value[],
  ): string {
    const dialect = this.#dialect;
    if (operand.type === "json") {
      return this.#onJson(scalar(operand), value.type as "text" | "float" | "boolean", (sql, native) =>
        say(sql, () => dialect.comparableValue(value, value.type, native, this.values)),
      );
    }
    const native = nativeOf(operand);
    const compared = say(this.#comparable(operand), () =>
      dialect.comparableValue(value, operand.type, native, this.values),
    );
    const guard = dialect.guard(operand.type, value, this.#expression(operand));
    const indexed = operand.kind === "column" && among.length > 0 ? this.#indexed(operand, among, false) : null;
    return `(${[compared, guard, indexed].filter((it) => it !== null).join(" AND ")})`;
  }

  #linked(operand: Expression, value: Value): string {
    const own =
      operand.kind === "column"
        ? this.#dialect.linked?.(operand.type, operand.native, this.#expression(operand), value, this.values)
        : undefined;
    if (own !== null && own !== undefined) return `(${own})`;
    return this.#compare(operand, value, (sql, its) => `${sql} = ${its()}`, [value]);
  }

  /** What lets an index find the rows where a column may have one of some values. */
  #indexed(column: ColumnExpression, values: readonly Value[], together: boolean): string | null {
    const dialect = this.#dialect;
    const sql = this.#expression(column);
    const own = dialect.indexed?.(column.type, column.native, sql, values) ?? null;
    if (own !== null || !together || column.type !== "text") return own;
    return dialect.indexedRows?.(sql, values, this.values) ?? null;
  }

  #in(operand: Expression, values: readonly Value[]): string {
    const byType = new Map<FieldType, Value[]>();
    for (const value of values) byType.set(value.type, [...(byType.get(value.type) ?? []), value]);
    const groups = [...byType.values()].map((group) => {
      const list = (one: (value: Value) => string): string => `(${group.map(one).join(", ")})`;
      const native = nativeOf(operand);
      const isOneOf = (sql: string): string => {
        const type = operand.type === "json" ? group[0]!.type : operand.type;
        return `${sql} IN ${list((value) => this.#dialect.comparableValue(value, type, native, this.values))}`;
      };
      return this.#compare(operand, group[0]!, isOneOf, group);
    });
    return groups.length === 1 ? groups[0]! : `(${groups.join(" OR ")})`;
  }

  /** Without guards: a value of another kind than its column's is equal to none. */
  #oneOf(operands: readonly Expression[], rows: readonly (readonly Value[])[]): string {
    const dialect = this.#dialect;
    if (rows.length === 0) return "(1 = 0)";
    const indexed = operands.flatMap((operand, n) => {
      if (operand.kind !== "column") return [];
      const its = new Map(rows.map((row) => [row[n]!.text, row[n]!]));
      return this.#indexed(operand, [...its.values()], operands.length > 1) ?? [];
    });
    const columns = operands.map((operand) => this.#comparable(operand));
    const sought = operands.map((operand, n) => {
      return { type: operand.type, native: nativeOf(operand), comparable: columns[n]! };
    });
    const quick = dialect.oneOf?.(sought, rows, this.values) ?? null;
    if (quick !== null) return `(${[...indexed, quick].join(" AND ")})`;
    const valueOf = (value: Value, n: number): string =>
      dialect.comparableValue(value, operands[n]!.type, nativeOf(operands[n]!), this.values);
    if (operands.length === 1) {
      const exact = `${columns[0]!} IN (${rows.map(([value]) => valueOf(value!, 0)).join(", ")})`;
      return `(${[...indexed, exact].join(" AND ")})`;
    }
    const list = rows.map((row) => `(${row.map(valueOf).join(", ")})`).join(", ");
    const exact = `(${columns.join(", ")}) IN (${dialect.rowsAreValues ? "VALUES " : ""}${list})`;
    return `(${[...indexed, exact].join(" AND ")})`;
  }

  #onText(operand: Expression, say: (sql: string) => string): string {
    if (operand.type === "json") return this.#onJson(scalar(operand), "text", say);
    return `(${say(this.#dialect.text(operand.type, nativeOf(operand), this.#expression(operand)))})`;
  }

  #onJson(
    operand: ScalarExpression,
    type: "text" | "float" | "boolean",
    say: (sql: string, native: string | null) => string,
  ): string {
    const dialect = this.#dialect;
    const missing = this.#missing(operand);
    const is = dialect.jsonIs(operand, this.#expression(operand), type);
    const value = dialect.comparable(type, null, dialect.jsonAs(operand, this.#expression(operand), type));
    return `(CASE WHEN ${missing} THEN NULL WHEN ${is} THEN ${say(value, null)} ELSE (1 = 0) END)`;
  }

  #comparable(expression: Expression): string {
    if (expression.kind === "datePart") return this.#expression(expression);
    return this.#dialect.comparable(expression.type, nativeOf(expression), this.#expression(expression));
  }

  #expression(expression: Expression): string {
    const dialect = this.#dialect;
    switch (expression.kind) {
      case "column":
        return this.#column(expression);
      case "nothing":
        return "CAST(NULL AS CHAR)";
      case "which":
        throw new Error("only one of several conditions can be told");
      case "element":
        return dialect.element(this.#elements[this.#elements.length - 1]!, expression.type);
      case "keys":
        return dialect.jsonKeys(expression.of, this.#expression(expression.of), expression.keys, this.values);
      case "datePart": {
        const { of, part } = expression;
        return dialect.datePart(part, of.type, this.#expression(of), this.#timeZone, this.values);
      }
      case "measure": {
        const { of } = expression;
        if (of === null) return dialect.measure(expression, null);
        if (of.type !== "json" || expression.measure === "count")
          return dialect.measure(expression, this.#expression(of));
        const type = expression.measure === "distinct" ? "text" : "float";
        const is = dialect.jsonIs(of, this.#expression(of), type);
        return dialect.measure(
          expression,
          `CASE WHEN ${is} THEN ${dialect.jsonAs(of, this.#expression(of), type)} END`,
        );
      }
    }
  }

  #column(column: ColumnExpression): string {
    return `${this.#name(column.table)}.${this.#name(column.column)}`;
  }

  #table(relation: Relation): string {
    if ("query" in relation) return `(${relation.query}\n)`;
    if ("of" in relation) return `(${this.#elementRows(relation)})`;
    const { schema, name } = relation;
    return schema === undefined ? this.#name(name) : `${this.#name(schema)}.${this.#name(name)}`;
  }

  #elementRows({ of, key, column, native, keys }: ElementRows): string {
    const dialect = this.#dialect;
    const table = `r${this.#aliases++}`;
    const json = { kind: "column", table, column, type: "json", native, nullable: true } as const;
    const array: ScalarExpression = keys.length === 0 ? json : { kind: "keys", of: json, keys, type: "json" };
    const alias = `e${this.#aliases++}`;
    const { position, value } = dialect.elementRow(array, this.#expression(array), alias);
    const columns = [
      ...key.map((name, n) => `${this.#name(table)}.${this.#name(name)} AS ${this.#name(`k${n}`)}`),
      `${position} AS ${this.#name("position")}`,
      `${value} AS ${this.#name("value")}`,
    ];
    const rows = `${this.#table(of)} ${this.#name(table)}`;
    return `SELECT ${columns.join(", ")} FROM ${rows}, ${dialect.elements(array, this.#expression(array), alias)}`;
  }

  #name(name: string): string {
    return this.#dialect.identifier(name);
  }
}

/** JSON is ordered as numbers, and after them as text. */
const JSON_ORDER = ["float", "text"] as const;

/** The alias under which a list's select sees its parent's rows. */
const PARENT = "p";

/** The directions of the order columns of a parent, its own parent's first. */
function directions(parent: ParentBinding): { descending: boolean; nullable: boolean }[] {
  const inherited = parent.select.parent === null ? [] : directions(parent.select.parent);
  return [...inherited, ...directionsOf(parent.select.order)];
}

/** The directions of the terms of an order. */
function directionsOf(order: readonly Order[]): { descending: boolean; nullable: boolean }[] {
  return order.flatMap(({ by, descending }) =>
    Array.from({ length: orderTermCount(by) }, () => ({ descending, nullable: nullable(by) })),
  );
}

function opposite({ by, descending }: Order): Order {
  return { by, descending: !descending };
}

function orderTermCount(expression: Expression): number {
  return expression.type === "json" ? 2 : 1;
}

function nullable(expression: Expression): boolean {
  return expression.kind !== "column" || expression.nullable;
}

/** The native type of a column. An exact sum stands as text where a database has no exact decimals. */
function nativeOf(expression: Expression): string | null {
  if (expression.kind === "measure") return expression.measure === "sum" ? "decimal text" : null;
  return expression.kind === "column" ? expression.native : null;
}

function elementType(array: ScalarExpression): FieldType {
  return (array.kind === "column" ? array.element : undefined) ?? "json";
}

function scalar(expression: Expression): ScalarExpression {
  if (expression.kind === "measure" || expression.kind === "which") throw new Error("a number has no elements");
  return expression;
}
