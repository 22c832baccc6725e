// What init tells afterwards, on standard error: what was found, what was added, what to do next.
import type { InitResult } from "./init.ts";
import type { ObjectProposal } from "./proposal.ts";

const MOST_NAMES = 12;

/** What was found and done. */
export function summaryOf(result: InitResult, file: string, isNew: boolean, isDry: boolean): readonly string[] {
  const { objects, merged, isChanged } = result;
  return [
    `Found in ${result.sources.join(", ")}: ${found(objects)}.`,
    ...(isNew ? [] : [changed(merged.added, isChanged, file)]),
    ...(merged.gone.length === 0
      ? []
      : [
          `No longer in the databases, but still in ${file}: ${named(merged.gone)}. Take them out, or say was: of new names.`,
        ]),
    ...unread(objects),
    ...(isDry ? [`Nothing was written (--dry-run).`] : isNew ? [`Written: ${file} (org ${result.org}).`] : []),
  ];
}

function changed(added: readonly string[], isChanged: boolean, file: string): string {
  if (added.length > 0) return `New, each marked in ${file}: ${named(added)}.`;
  return isChanged ? `Nothing to add; ${file} remembers now what was seen.` : `Nothing is new: ${file} stays as it is.`;
}

function found(objects: readonly ObjectProposal[]): string {
  const offered = objects.filter(({ leftOut }) => leftOut === null);
  const fields = offered.flatMap((it) => it.fields);
  const count = (of: readonly ObjectProposal[], what: (it: ObjectProposal) => boolean): number =>
    of.filter(what).length;
  const withKeys = count(offered, (it) => it.lists.length > 0 || it.fields.some(({ keys }) => keys.length > 0));
  const withState = count(offered, ({ state }) => state !== null);
  const personal = fields.filter((it) => it.personal !== null).length;
  const hidden = fields.filter((it) => it.hidden).length;
  const left = objects.length - offered.length;
  return [
    counted(offered.length, "object type"),
    ...(withKeys === 0 ? [] : [`${withKeys} with JSON keys`]),
    ...(withState === 0 ? [] : [`${withState} with states`]),
    ...(personal === 0 ? [] : [`${counted(personal, "field")} that may be personal data`]),
    ...(hidden === 0 ? [] : [`${counted(hidden, "secret")} hidden`]),
    ...(left === 0 ? [] : [`${counted(left, "table")} left out`]),
  ].join(", ");
}

/** Tables of which less is known than of the others. */
function unread(objects: readonly ObjectProposal[]): string[] {
  const unsampled = objects.filter(
    ({ problem, leftOut }) => problem !== null && (leftOut === null || problem.kind !== "skipped"),
  );
  if (unsampled.length === 0) return [];
  const shown = unsampled.slice(0, MOST_NAMES).map(({ table, problem }) => `  ${table}: ${problem!.why}`);
  const more = unsampled.length - shown.length;
  return ["Without a sample:", ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** What to do next. */
export function nextSteps({ objects, variables, merged }: InitResult, file: string): readonly string[] {
  const isPersonal = objects.some((it) => it.leftOut === null && it.fields.some(({ personal }) => personal !== null));
  const steps = [
    ...variables.map(({ name, holds }) => `set ${name} to ${holds}`),
    ...(isPersonal && merged.added.length > 0 ? [`decide about what is marked "personal data?" in ${file}`] : []),
    ...(merged.added.length > 0
      ? ["waybill objects   shows what can be exported", "waybill doctor    checks all of it"]
      : []),
  ];
  return steps.length === 0 ? [] : ["Next:", ...steps.map((step) => `  ${step}`)];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
}
