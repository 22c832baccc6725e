// Rows as JSON objects, with references and lists nested: what json and ndjson share.
import type { CellBatch } from "../cells/batch.ts";
import { writeJsonValue } from "../cells/json-value.ts";
import { Kind } from "../cells/kinds.ts";
import type { Output } from "../cells/output.ts";
import type { Dialect, ListWriter, NestingRowWriter, TableShape, WriterContext } from "../cells/row-writer.ts";

const encoder = new TextEncoder();
const OPEN = encoder.encode("{");
const CLOSE = encoder.encode("}");
const NULL = encoder.encode("null");

/** A member of an object: a value, or an object in its own right. `before` is the comma, the name and the colon. */
type Member =
  | { readonly before: Uint8Array; readonly cell: number; readonly column: string; readonly members: null }
  | { readonly before: Uint8Array; readonly cell: number; readonly members: readonly Member[] };

/** What stands around rows: `[\n`, `,\n`, `\n]\n` for an array, nothing and line ends for NDJSON. */
export interface Brackets {
  readonly head: string;
  readonly between: string;
  readonly after: string;
  readonly tail: string;
  /** Instead of head and tail when there is no row. */
  readonly empty: string;
}

/** Writes each row as one JSON object. */
export class JsonObjectWriter implements NestingRowWriter {
  readonly dialect: Dialect = { itemType: "object" };
  readonly lists: readonly ListWriter[];
  readonly #members: readonly Member[];
  readonly #context: WriterContext;
  readonly #brackets: Brackets;
  /** What stands before the first row, between two, and after each, with the row's own braces. */
  readonly #head: Uint8Array;
  readonly #between: Uint8Array;
  readonly #after: Uint8Array;
  #rows = 0;

  constructor(table: TableShape, brackets: Brackets, context: WriterContext) {
    this.#context = context;
    this.#brackets = brackets;
    this.#head = encoder.encode(`${brackets.head}{`);
    this.#between = encoder.encode(`${brackets.between}{`);
    this.#after = encoder.encode(`}${brackets.after}`);
    this.#members = membersOf(table, [], new Set());
    this.lists = table.lists.map((list, n) => {
      const comma = n > 0 || this.#members.length > 0 ? "," : "";
      const before = encoder.encode(`${comma}${JSON.stringify(list.name)}:[`);
      const after = encoder.encode("]");
      return {
        begin: (out) => out.append(before),
        items: new JsonObjectWriter(list.table, IN_LIST, context),
        end: (out) => out.append(after),
      };
    });
  }

  head(): void {}

  rows(batch: CellBatch, from: number, to: number, out: Output): void {
    for (let row = from; row < to; row++) {
      this.beginRow(batch, row, this.#rows, out);
      this.endRow(out);
    }
  }

  beginRow(batch: CellBatch, row: number, index: number, out: Output): void {
    out.append(index > 0 ? this.#between : this.#head);
    this.#rows++;
    this.#write(this.#members, batch, row * batch.width, out);
  }

  endRow(out: Output): void {
    out.append(this.#after);
  }

  tail(out: Output): void {
    out.append(encoder.encode(this.#rows === 0 ? this.#brackets.empty : this.#brackets.tail));
  }

  #write(members: readonly Member[], batch: CellBatch, first: number, out: Output): void {
    const { zone, problems } = this.#context;
    for (let m = 0; m < members.length; m++) {
      const member = members[m]!;
      out.append(member.before);
      if (member.members === null) {
        if (!writeJsonValue(batch, first + member.cell, zone, out)) {
          problems.add("not-a-number-in-json", member.column);
        }
      } else if (member.cell >= 0 && batch.kind[first + member.cell] === Kind.missing) {
        out.append(NULL);
      } else {
        out.append(OPEN);
        this.#write(member.members, batch, first, out);
        out.append(CLOSE);
      }
    }
  }
}

/** Objects one after the other inside of a list: `{…},{…}`. */
const IN_LIST: Brackets = { head: "", between: ",", after: "", tail: "", empty: "" };

/**
 * The members of the object at `prefix`, in the order in which their first column stands.
 * A column whose path goes on where another column ends keeps its dotted name (`metadata` beside `metadata.depth`).
 */
function membersOf(table: TableShape, prefix: readonly string[], leaves: Set<string>): readonly Member[] {
  for (const column of table.columns) leaves.add(JSON.stringify(column.path));
  const members: Member[] = [];
  const done = new Set<string>();
  for (const column of table.columns) {
    if (!prefix.every((step, n) => column.path[n] === step)) continue;
    const path = [...prefix, column.path[prefix.length]!];
    const leaf = path.length === column.path.length;
    const blocked = !leaf && leaves.has(JSON.stringify(path));
    const name = blocked ? column.path.slice(prefix.length).join(".") : path[path.length - 1]!;
    if (done.has(name)) continue;
    done.add(name);
    const before = encoder.encode(`${members.length > 0 ? "," : ""}${JSON.stringify(name)}:`);
    if (leaf || blocked) {
      members.push({ before, cell: column.cell, column: column.name, members: null });
    } else {
      const group = table.groups.find((it) => JSON.stringify(it.path) === JSON.stringify(path));
      members.push({ before, cell: group?.cell ?? -1, members: membersOf(table, path, leaves) });
    }
  }
  return members;
}
