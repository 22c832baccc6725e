// The columns of a table's output: what each shows, by which rules, and what is told of it.
import { TYPE_WORDS } from "../catalog/type-words.ts";
import { type Catalog, type DeidentifyRule, type Field, isColumn, type ObjectType } from "../catalog/types.ts";
import type { FieldType } from "../catalog/types.ts";
import { zoneNamed } from "../cells/zone.ts";
import { inputError, WaybillError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import { resolvePath } from "../query/field-path.ts";
import { convertValue } from "../query/values.ts";
import type { Cells } from "./cells.ts";
import type { ChosenColumn, ColumnRules, FieldColumn } from "./choose.ts";
import { checkDatePattern } from "./date-format.ts";
import type { CellRule, PlanColumn, Reading, TablePlan } from "./plan.ts";
import type { PlanContext, Scope } from "./scope.ts";
import type { ScalarExpression } from "./select.ts";

/** Plans the columns of one table. */
export class ColumnPlanner {
  /** Cells that rules look at. */
  readonly readings: Reading[] = [];
  readonly #context: PlanContext;
  readonly #scope: Scope;
  readonly #cells: Cells;

  constructor(context: PlanContext, scope: Scope, cells: Cells) {
    this.#context = context;
    this.#scope = scope;
    this.#cells = cells;
  }

  /** @throws inputError for rules that do not suit the column; where mistakes are collected, it is an empty one then */
  column(chosen: ChosenColumn): PlanColumn {
    return this.#context.attempt(
      () => this.#column(chosen),
      () => this.#empty({ name: chosen.path.join("."), pointer: "" }, chosen.path.join(".")),
    );
  }

  #column(chosen: ChosenColumn): PlanColumn {
    if (chosen.field === null) return this.#empty(chosen.rules, chosen.rules.name);
    const { path, through, field, keys, rules } = chosen;
    const rule = this.#deidentification(chosen);
    const name = rules?.name ?? path.join(".");
    const told = {
      ...(field.label === undefined ? {} : { label: field.label }),
      ...(field.documentation === undefined ? {} : { documentation: field.documentation }),
      ...(field.unit === undefined ? {} : { unit: field.unit }),
      ...(rule === null ? {} : { deidentified: rule.rule }),
    };
    if (rule?.rule === "drop") {
      return {
        ...this.#empty(rules ?? { name, pointer: "" }, name),
        path: rules === undefined ? path : [name],
        ...told,
      };
    }
    const steps = new Steps(keys.length > 0 ? "json" : field.type, rulesOf(field, keys));
    if (rule !== null) this.#deidentify(steps, rule, chosen);
    if (rules !== undefined) applyTemplate(steps, rules, this.#context);
    const value = this.#scope.value(through, field.name, keys);
    const plain = steps.rules.length === 0;
    const native = plain || isOnlyRead(steps.rules) ? field.native : undefined;
    return {
      name,
      path: rules === undefined ? path : [name],
      type: steps.type,
      ...(native === undefined || !isColumn(field) || keys.length > 0 ? {} : { native }),
      nullable: steps.nullable ?? (field.nullable || keys.length > 0 || through.length > 0),
      // Rules change the cell, so a cell with rules is nobody else's.
      cell: plain ? this.#cells.add(value) : this.#cells.addOwn(value),
      rules: steps.rules,
      ...(rules?.mandatory === true ? { mandatory: true } : {}),
      ...told,
    };
  }

  /** A column that no field stands behind. */
  #empty(rules: ColumnRules, name: string): PlanColumn {
    const steps = new Steps("text", []);
    steps.nullable = true;
    applyTemplate(steps, rules, this.#context);
    return {
      name,
      path: [name],
      type: steps.type,
      nullable: steps.nullable,
      cell: steps.rules.length === 0 ? this.#cells.add(NOTHING) : this.#cells.addOwn(NOTHING),
      rules: steps.rules,
      ...(rules.mandatory === true ? { mandatory: true } : {}),
    };
  }

  /** The rule of the template's column, else that of the configuration for whoever may not read the field. */
  #deidentification({ object, field, rules }: FieldColumn): DeidentifyRule | null {
    if (rules?.deidentify !== undefined) return rules.deidentify;
    const { access } = this.#context;
    return access.mayRead(object, field) ? null : access.shownAs(object, field);
  }

  #deidentify(steps: Steps, rule: DeidentifyRule, { object, field, through, rules }: FieldColumn): void {
    const pointer = rules === undefined ? "" : child(rules.pointer, "deidentify");
    switch (rule.rule) {
      case "hash":
        steps.add({ rule: "hash" }, "text");
        return;
      case "truncate":
        steps.add({ rule: "truncate", length: rule.length }, "text");
        return;
      case "year":
        checkDates(rule.rule, steps.type, field, object, pointer);
        if (LOOSE.has(steps.type)) steps.add({ rule: "readTimes" }, steps.type);
        steps.add({ rule: "year" }, "integer");
        steps.nullable = true;
        return;
      case "shift": {
        checkDates(rule.rule, steps.type, field, object, pointer);
        if (LOOSE.has(steps.type)) steps.add({ rule: "readTimes" }, steps.type);
        const subject = this.#subject(rule.subject, object, through, pointer);
        steps.add({ rule: "shift", days: rule.days, subject }, steps.type);
        steps.nullable = true;
        return;
      }
      case "drop":
    }
  }

  /** The cell that says whose date it is. Whoever may not know the subject may still have dates that were moved by it. */
  #subject(path: string, object: ObjectType, through: readonly string[], pointer: string): number {
    const found = subjectOf(path, object, this.#context.catalog, pointer);
    const value = this.#scope.value([...through, ...found.through], found.field.name, found.keys);
    const rules = rulesOf(found.field, found.keys);
    if (rules.length === 0) return this.#cells.add(value);
    const cell = this.#cells.addOwn(value);
    this.readings.push({ cell, rules });
    return cell;
  }
}

/**
 * Checks that the rule of the configuration suits a field.
 * @throws inputError `deidentify-not-suited`, `unknown-field`
 */
export function checkDeidentification(field: Field, object: ObjectType, catalog: Catalog, pointer = ""): void {
  const rule = field.deidentify?.rule;
  if (rule?.rule === "year" || rule?.rule === "shift") checkDates(rule.rule, field.type, field, object, pointer);
  if (rule?.rule === "shift") subjectOf(rule.subject, object, catalog, child(pointer, "subject"));
}

/**
 * The field that says whose date it is.
 * @throws inputError when there is none
 */
export function subjectOf(
  path: string,
  object: ObjectType,
  catalog: Catalog,
  pointer: string,
): { through: readonly string[]; field: Field; keys: readonly string[] } {
  const found = resolvePath(path, object, catalog, pointer, { mayRead: () => true, hidden: true });
  if (found.kind === "field" && found.field.labels === undefined) return found;
  throw inputError("deidentify-not-suited", pointer, sentence`"${path}" is no field that could say whose date it is.`);
}

const NOTHING: ScalarExpression = { kind: "nothing", type: "text" };

/** Types whose values may be dates. */
const LOOSE: ReadonlySet<FieldType> = new Set(["text", "json", "any"]);
const DATES: ReadonlySet<FieldType> = new Set(["date", "datetime", "instant", ...LOOSE]);

function checkDates(rule: string, type: FieldType, field: Field, object: ObjectType, pointer: string): void {
  if (DATES.has(type)) return;
  throw inputError(
    "deidentify-not-suited",
    pointer,
    sentence`The rule ${rule} is for dates, but "${field.name}" of ${object.name} is ${TYPE_WORDS[type]}.`,
    sentence`Take hash, truncate or drop.`,
  );
}

/** Rules on their way, and what the value is after them. */
class Steps {
  readonly rules: CellRule[];
  type: FieldType;
  nullable: boolean | null = null;

  constructor(type: FieldType, rules: readonly CellRule[]) {
    this.type = type;
    this.rules = [...rules];
  }

  add(rule: CellRule, type: FieldType): void {
    this.rules.push(rule);
    this.type = type;
  }
}

/** Whether the rules only take a value out of its JSON. */
function isOnlyRead(rules: readonly CellRule[]): boolean {
  return rules.every(({ rule }) => rule === "unwrapJson");
}

/** Translate, default, date: in this order (CS5). */
function applyTemplate(steps: Steps, rules: ColumnRules, context: PlanContext): void {
  if (rules.translate !== undefined) steps.add({ rule: "translate", labels: rules.translate }, "text");
  if (rules.default !== undefined) {
    const value = defaultOf(rules.default, steps.type, context);
    steps.add({ rule: "default", value }, steps.type === value.type ? steps.type : "text");
    steps.nullable = false;
  }
  if (rules.date !== undefined) {
    const pointer = child(rules.pointer, "date");
    if (LOOSE.has(steps.type)) steps.add({ rule: "readTimes" }, steps.type);
    checkDatePattern(rules.name, rules.date, steps.type, context.language, pointer, rules.formerType);
    steps.add({ rule: "date", pattern: rules.date }, "text");
  }
}

/** A default as a value of the column's type; as text where it is none. */
function defaultOf(value: string | number | boolean, type: FieldType, context: PlanContext): CellValue {
  try {
    const { text } = convertValue(value, type, "", zoneNamed(context.timeZone));
    return { type, text };
  } catch (error) {
    if (!(error instanceof WaybillError)) throw error;
    return { type: "text", text: String(value) };
  }
}

type CellValue = Extract<CellRule, { rule: "default" }>["value"];

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
