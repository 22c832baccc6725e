// The rules of a plan as functions on batches of cells: the one place where values are changed on their way.
import { Appended } from "../cells/appended.ts";
import type { CellBatch } from "../cells/batch.ts";
import { compileDatePattern } from "../cells/date-pattern.ts";
import { keepYear, shift, truncate } from "../cells/deidentify.ts";
import { Default } from "../cells/fill.ts";
import { formatDates } from "../cells/format-dates.ts";
import type { Problems } from "../cells/problems.ts";
import type { Pseudonyms } from "../cells/pseudonym.ts";
import { Translation } from "../cells/translate.ts";
import { readTimes, unwrapJson, unwrapJsonAs } from "../cells/unwrap-json.ts";
import type { Zone } from "../cells/zone.ts";
import { languageOf } from "../lib/language.ts";
import type { CellRule, TablePlan } from "../plan/plan.ts";

/** What rules need besides the cells. */
export interface RuleContext {
  readonly zone: Zone | null;
  readonly language: string;
  readonly problems: Problems;
  /** Null where the plan has no rule that needs the org's salt. */
  readonly pseudonyms: Pseudonyms | null;
}

/** Applies the rules of a table to its batches, one column after the other. */
export function rulesFor({ columns, readings = [] }: TablePlan, context: RuleContext): (batch: CellBatch) => void {
  const appended = new Appended();
  const rules = [
    ...readings.flatMap(({ cell, rules: its }) => its.map((rule) => ruleFor(rule, cell, "", appended, context))),
    ...columns.flatMap(({ name, cell, rules: its }) => its.map((rule) => ruleFor(rule, cell, name, appended, context))),
  ];
  return (batch) => {
    appended.begin();
    for (const apply of rules) apply(batch);
  };
}

function ruleFor(
  rule: CellRule,
  cell: number,
  column: string,
  appended: Appended,
  { zone, language, problems, pseudonyms }: RuleContext,
): (batch: CellBatch) => void {
  const leftOut = (): void => problems.add("value-left-out", column);
  switch (rule.rule) {
    case "unwrapJson": {
      const { as } = rule;
      return as === undefined ? (batch) => unwrapJson(batch, cell) : (batch) => unwrapJsonAs(batch, cell, as);
    }
    case "readTimes":
      return (batch) => readTimes(batch, cell);
    case "hash":
      return (batch) => needed(pseudonyms).apply(batch, cell, appended);
    case "truncate":
      return (batch) => truncate(batch, cell, rule.length, appended);
    case "year":
      return (batch) => keepYear(batch, cell, zone, leftOut);
    case "shift":
      return (batch) => shift(batch, cell, rule, needed(pseudonyms), leftOut);
    case "translate": {
      const translation = new Translation(rule.labels);
      return (batch) => translation.apply(batch, cell, appended);
    }
    case "default": {
      const fallback = new Default(rule.value);
      return (batch) => fallback.apply(batch, cell, appended);
    }
    case "date": {
      const pattern = compileDatePattern(rule.pattern, languageOf(language));
      const asItIs = (): void => problems.add("no-date", column);
      return (batch) => formatDates(batch, cell, pattern, zone, appended, asItIs);
    }
  }
}

function needed(pseudonyms: Pseudonyms | null): Pseudonyms {
  if (pseudonyms === null) throw new Error("the plan was not checked for rules that need a salt");
  return pseudonyms;
}

/** Whether some rule of a table, or of its lists, needs the org's salt. */
export function needsSalt({ columns, readings = [], lists, places }: TablePlan): boolean {
  const all = [...columns, ...readings].flatMap(({ rules }) => rules);
  const secret = all.some(({ rule }) => rule === "hash" || rule === "shift");
  return secret || [...lists, ...(places?.files ?? [])].some(({ table }) => needsSalt(table));
}
