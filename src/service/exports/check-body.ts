// What of a request is wrong whatever the org holds: texts that are too long, and options that do not go together.
import { FILE_FORMATS } from "../../attachments/file-format.ts";
import { isTimeZone, LANGUAGE } from "../../config/values.ts";
import { type Mistake, mistake, refusal } from "../../lib/mistakes.ts";
import { child } from "../../lib/pointer.ts";
import { sentence } from "../../lib/sentence.ts";
import { suggest } from "../../lib/suggest.ts";
import { wantsFiles } from "../../plan/record-files.ts";
import { isStorableText } from "../../query/values.ts";
import type { ExportBody } from "./body.ts";

const LONGEST = { label: 100, description: 2_000, purpose: 2_000 } as const;
/** More are a batch. */
const MOST_KEYS = 10_000;
const AIMS = ["objects", "batch", "realm"] as const;
/** What the author of a template has decided. */
const DECIDED = ["format", "options", "paths", "include", "expand", "order", "aggregate", "prefix"] as const;

/** @throws usageError with a place for everything that is wrong */
export function checkBody(body: ExportBody): void {
  const mistakes = [...mistakesIn(body)];
  if (mistakes.length > 0) throw refusal(mistakes);
}

/** Whether the export has data files, and so a format. */
export function hasTables({ layout = "tables" }: Pick<ExportBody, "layout">): boolean {
  return layout === "tables";
}

function* mistakesIn(body: ExportBody): Generator<Mistake> {
  yield* textMistakes(body);
  yield* aimMistakes(body);
  yield* keyMistakes(body);
  yield* layoutMistakes(body);
  yield* fileMistakes(body);
  if (body.paths?.length === 0) {
    yield mistake(
      "nothing-chosen",
      "/paths",
      sentence`No field was chosen.`,
      sentence`Choose one at least, or leave it out for all.`,
    );
  }
}

function* textMistakes(body: ExportBody): Generator<Mistake> {
  for (const [name, most] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
    const text = body[name];
    if (text === undefined) continue;
    if (!isStorableText(text) || [...text].length > most) {
      const detail = sentence`It has at most ${most} characters, all of them whole.`;
      yield mistake("value-not-suited", `/${name}`, detail);
    }
  }
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(LONGEST, name)) yield* unstorable(value, child("", name));
  }
  const { timeZone, language } = body;
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    yield mistake(
      "value-not-suited",
      "/timeZone",
      sentence`There is no such time zone.`,
      sentence`Name one as Europe/Paris.`,
    );
  }
  if (language !== undefined && !LANGUAGE.test(language)) {
    yield mistake(
      "value-not-suited",
      "/language",
      sentence`This is no language tag.`,
      sentence`Write one as en or fr.`,
    );
  }
}

/** Texts, and names of members, that no database can hold: whatever else they may be, the request could not be kept. */
function* unstorable(value: unknown, pointer: string): Generator<Mistake> {
  if (typeof value === "string" && !isStorableText(value)) {
    const detail = sentence`There are characters in it that are none: U+0000, or half of one.`;
    yield mistake("value-not-suited", pointer, detail, sentence`Take them out.`);
  } else if (typeof value === "object" && value !== null) {
    for (const [name, its] of Object.entries(value)) {
      if (!isStorableText(name)) yield* unstorable(name, pointer);
      yield* unstorable(its, child(pointer, name));
    }
  }
}

/** What is exported: one thing, or what a template says. */
function* aimMistakes(body: ExportBody): Generator<Mistake> {
  const [aim, ...others] = AIMS.filter((name) => body[name] !== undefined);
  for (const name of others) yield together(name, aim!);
  const template = templateOf(body);
  if (body.datasetTemplate !== undefined && body.exportTemplate !== undefined) {
    yield together("exportTemplate", "datasetTemplate");
  }
  if (aim === undefined && template === null) {
    const hint = sentence`Name an object type in objects, or give a batch, a realm or a template.`;
    yield mistake("nothing-chosen", "/objects", sentence`It is not said what to export.`, hint);
  }
  if (body.realm !== undefined) {
    for (const name of ["from", "to"] as const) {
      if (body[name] !== undefined) continue;
      const detail =
        name === "from"
          ? sentence`The first day of the range is missing.`
          : sentence`The last day of the range is missing.`;
      yield mistake("range-not-suited", `/${name}`, detail, sentence`Write 2024-05-01.`);
    }
  }
  if (template === null) return;
  for (const name of DECIDED.filter((it) => body[it] !== undefined)) {
    const hint = sentence`With a template go where, search, keys, from, to and limit.`;
    yield mistake("not-with-template", `/${name}`, sentence`The template decides: it takes no ${name}.`, hint);
  }
  if (!hasTables(body)) {
    const detail = sentence`The layout ${body.layout!} has no tables, so it takes no template.`;
    yield mistake("not-with-template", "/layout", detail, sentence`Take out the layout, or the template.`);
  }
}

function* keyMistakes({ keys, batch, prefix, realm, layout }: ExportBody): Generator<Mistake> {
  if (keys !== undefined && batch !== undefined) yield together("keys", "batch");
  if (keys?.length === 0) {
    yield mistake(
      "nothing-selected",
      "/keys",
      sentence`The list of keys is empty.`,
      sentence`Choose at least one record.`,
    );
  }
  if (keys !== undefined && keys.length > MOST_KEYS) {
    const detail = sentence`The list has more than ${MOST_KEYS} keys.`;
    yield mistake("too-many-keys", "/keys", detail, sentence`Make a batch of them, and export that.`);
  }
  if (prefix === undefined) return;
  for (const [name, value] of Object.entries({ keys, batch, realm }))
    if (value !== undefined) yield together("prefix", name);
  if (layout === "folders") {
    const hint = sentence`Take out the layout, or export the object type of the list itself.`;
    yield mistake("not-together", "/layout", sentence`The items of a list have no folders of their own here.`, hint);
  }
}

/** Folders of records and of files have no data files. */
function* layoutMistakes(body: ExportBody): Generator<Mistake> {
  const { container = "zip", layout = "tables", bag } = body;
  if (!hasTables(body) && templateOf(body) === null) {
    const columns = layout === "files" ? (["paths", "include", "expand"] as const) : [];
    for (const name of (["format", "options", ...columns] as const).filter((it) => body[it] !== undefined)) {
      const detail = sentence`The layout ${layout} has no data files, so it takes no ${name}.`;
      yield mistake("not-with-layout", `/${name}`, detail, sentence`Leave it out.`);
    }
  }
  if (container !== "zip" && (wantsFiles(body) || layout !== "tables" || bag === true)) {
    const detail = sentence`Attached files, folders and bags need a zip.`;
    yield mistake("container-not-suited", "/container", detail, sentence`Leave the container out.`);
  }
}

function* fileMistakes(body: ExportBody): Generator<Mistake> {
  const wanted = wantsFiles(body);
  for (const name of ["fileFormats", "fileWhere"] as const) {
    if (body[name] === undefined || wanted) continue;
    const hint = sentence`Add "exportFiles": true.`;
    yield mistake("not-without-files", `/${name}`, sentence`${name} chooses files, and none are asked for.`, hint);
  }
  if (body.nameTemplate !== undefined && !wanted && body.layout !== "folders") {
    const detail = sentence`nameTemplate names files, and none are asked for.`;
    yield mistake("not-without-files", "/nameTemplate", detail, sentence`Add "exportFiles": true.`);
  }
  if (body.fileFormats?.length === 0) {
    const hint = sentence`Choose one at least, or leave it out for all.`;
    yield mistake("no-files", "/fileFormats", sentence`No file format was chosen.`, hint);
  }
  for (const [n, name] of (body.fileFormats ?? []).entries()) {
    if ((FILE_FORMATS as readonly string[]).includes(name)) continue;
    const detail = sentence`There is no kind of file "${name}".`;
    yield mistake("unknown-file-format", child("/fileFormats", n), detail, suggest(name, FILE_FORMATS));
  }
}

/** The member that names a template, where one does. */
export function templateOf(body: ExportBody): "datasetTemplate" | "exportTemplate" | null {
  if (body.datasetTemplate !== undefined) return "datasetTemplate";
  return body.exportTemplate === undefined ? null : "exportTemplate";
}

function together(name: string, other: string): Mistake {
  return mistake(
    "not-together",
    `/${name}`,
    sentence`${name} and ${other} do not go together.`,
    sentence`Leave one of them out.`,
  );
}
