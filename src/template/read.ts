// A template file, checked by itself: what goes beyond needs the catalog (src/plan/template.ts).
import { problemsOf } from "../config/issues.ts";
import { inputError, type WaybillError } from "../lib/errors.ts";
import { type Attempt, mistake, refusal, strictly } from "../lib/mistakes.ts";
import { PatternError } from "../lib/pattern-error.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { fromPhpPattern } from "./php-date.ts";
import { pointerOf, schemas, type WrittenColumn, type WrittenDataset, type WrittenList } from "./schema.ts";
import type { DatasetTemplate, Template, TemplateColumn, TemplateList } from "./template.ts";

const KINDS = Object.keys(schemas);

/** So many mistakes in the shape are told at once. */
const MOST = 100;

/**
 * Reads a template from parsed JSON.
 * @param attempt collects what is wrong once the shape is right
 * @throws inputError `template-not-suited` with every mistake at its JSON pointer
 */
export function readTemplate(input: unknown, attempt: Attempt = strictly): Template {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw inputError(
      "template-not-suited",
      "",
      sentence`A template is a JSON object.`,
      sentence`Its kind is one of ${KINDS.join(", ")}.`,
    );
  }
  const { kind } = input as { kind?: unknown };
  if (kind !== "dataset-template" && kind !== "export-template") {
    const hint = typeof kind === "string" ? suggest(kind, KINDS) : sentence`Write "kind": "${KINDS.join('" or "')}".`;
    throw inputError(
      "template-not-suited",
      "/kind",
      kind === undefined ? sentence`The template has no kind.` : sentence`There is no such kind of template.`,
      hint,
    );
  }
  if (kind === "dataset-template") {
    const read = schemas[kind].safeParse(input);
    if (!read.success) throw wrong(read.error.issues, input);
    return new Reader(attempt).dataset(read.data, []);
  }
  const read = schemas[kind].safeParse(input);
  if (!read.success) throw wrong(read.error.issues, input);
  const { description = null, version = null, fileName = null, datasets, ...rest } = read.data;
  const reader = new Reader(attempt);
  return {
    ...rest,
    description,
    version,
    fileName,
    datasets: datasets.map((it, n) => reader.dataset(it, ["datasets", n])),
  };
}

type Path = readonly (string | number)[];

function wrong(issues: Parameters<typeof problemsOf>[0], input: unknown): WaybillError {
  const problems = problemsOf(issues, input, () => true);
  const mistakes = problems.map((it) => mistake("template-not-suited", pointerOf(it.path), it.message, it.hint));
  return refusal(mistakes, MOST);
}

/** Stands for a dataset that cannot be made out. */
const UNCLEAR = { format: "text", object: null, columns: [], lists: [], last: null } as const;

class Reader {
  readonly #attempt: Attempt;

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
  }

  dataset(written: WrittenDataset, path: Path): DatasetTemplate {
    const {
      description = null,
      object = null,
      fileName = null,
      order = null,
      last = null,
      where,
      lists,
      ...rest
    } = written;
    const columns = this.#columns(written.columns, [...path, "columns"]);
    const read: DatasetTemplate = {
      ...rest,
      kind: "dataset-template",
      description,
      object,
      fileName,
      where,
      order,
      last,
      columns,
      lists: this.#lists(lists, [...path, "lists"]),
    };
    return this.#attempt(
      () => {
        checkDataset(written, path);
        return read;
      },
      () => ({ ...read, ...UNCLEAR, columns: [{ ...NONE, field: null, value: "", name: "value", mandatory: false }] }),
    );
  }

  #lists(lists: readonly WrittenList[], path: Path): TemplateList[] {
    const seen = new Set<string>();
    return lists.map((written, n): TemplateList => {
      const { list, columns, lists: inner } = written;
      const place = [...path, n];
      this.#attempt(
        () => checkList(written, seen.has(list), place),
        () => {},
      );
      seen.add(list);
      const read = this.#columns(columns, [...place, "columns"]);
      return { list, columns: read, lists: this.#lists(inner, [...place, "lists"]) };
    });
  }

  #columns(columns: readonly WrittenColumn[], path: Path): TemplateColumn[] {
    const seen = new Map<string, number>();
    return columns.map((written, n): TemplateColumn => {
      const column = this.#column(written, [...path, n]);
      const before = seen.get(column.name);
      this.#attempt(
        () => {
          if (before === undefined) return;
          throw inputError(
            "template-not-suited",
            pointerOf([...path, n, "name"]),
            sentence`Two columns are called "${column.name}" (${before + 1} and ${n + 1}).`,
            sentence`Give one of them another name.`,
          );
        },
        () => {},
      );
      seen.set(column.name, n);
      return column;
    });
  }

  #column(written: WrittenColumn, path: Path): TemplateColumn {
    if ("value" in written) {
      const { value, name = "value" } = written;
      return { ...NONE, field: null, value, name, mandatory: false };
    }
    const { field, name = field, id, type, deidentify, translate, default: fallback, date, mandatory } = written;
    return {
      field,
      value: null,
      name,
      id: id ?? null,
      type: type ?? null,
      deidentify: deidentify ?? null,
      translate: translate ?? null,
      default: fallback ?? null,
      date:
        date === null || date === undefined
          ? null
          : this.#attempt(
              () => unicodePattern(date, [...path, "date"]),
              () => null,
            ),
      mandatory,
    };
  }
}

const NONE = { id: null, type: null, deidentify: null, translate: null, default: null, date: null };

function checkDataset(written: WrittenDataset, path: Path): void {
  if (written.format === "text") checkText(written, path);
  else if ((written.object ?? null) === null) {
    throw inputError(
      "template-not-suited",
      pointerOf(path),
      sentence`"${written.name}" names no object type.`,
      sentence`Add "object".`,
    );
  }
  if ((written.last ?? null) !== null && written.lists.length > 0) {
    throw inputError(
      "template-not-suited",
      pointerOf([...path, "lists"]),
      sentence`The newest of each are shown without their lists.`,
      sentence`Take out last or lists.`,
    );
  }
}

function checkList({ list, columns, lists }: WrittenList, isThere: boolean, path: Path): void {
  if (isThere)
    throw inputError("template-not-suited", pointerOf([...path, "list"]), sentence`The list "${list}" is there twice.`);
  if (columns.length === 0 && lists.length === 0) {
    throw inputError(
      "template-not-suited",
      pointerOf([...path, "columns"]),
      sentence`The list "${list}" has no columns.`,
    );
  }
}

/** A dataset in the format `text`: one fixed value, which is the file. */
function checkText({ columns, object, name }: WrittenDataset, path: Path): void {
  const [column] = columns;
  if (columns.length > 1 || (column !== undefined && !("value" in column))) {
    throw inputError(
      "template-not-suited",
      pointerOf([...path, "columns"]),
      sentence`"${name}" is text, which has one column with a fixed value.`,
      sentence`Write "columns": [{"value": "…"}].`,
    );
  }
  if (object !== null && object !== undefined) {
    throw inputError(
      "template-not-suited",
      pointerOf([...path, "object"]),
      sentence`"${name}" is text, so it has no object type.`,
      sentence`Take out "object".`,
    );
  }
}

/** Patterns of PHP become Unicode patterns. */
function unicodePattern(date: string | { readonly php: string }, path: Path): string {
  if (typeof date === "string") return date;
  try {
    return fromPhpPattern(date.php);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const detail = sentence`${error.words.detail} (character ${error.index + 1} of "${date.php}")`;
    throw inputError("date-not-suited", pointerOf([...path, "php"]), detail, error.words.hint);
  }
}
