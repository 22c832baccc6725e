// Records as JSON objects whose form the reader chose, straight from their cells: no object a record, and no value of the language.
import type { CellBatch } from "../cells/batch.ts";
import { writeJsonText, writeJsonValue } from "../cells/json-value.ts";
import { Kind } from "../cells/kinds.ts";
import type { Output } from "../cells/output.ts";
import type { NestingRowWriter } from "../cells/row-writer.ts";
import type { Zone } from "../cells/zone.ts";
import { keyText } from "../lib/record-key.ts";
import type { PlanColumn } from "../plan/plan.ts";
import { textOf } from "./cell-texts.ts";
import { valueOf } from "./row-values.ts";

/**
 * What values of a member are. A "text" is a string whatever it is of; an "integer" has 32 bits; "any" is JSON as it is
 * stored, and a string of what has no form in it.
 */
export type JsonForm = "text" | "integer" | "float" | "boolean" | "any";

/** A member of each record's object. */
export type JsonMember = { readonly name: string } & (
  | { readonly is: "value"; readonly column: PlanColumn; readonly form: JsonForm; readonly otherwise: Otherwise }
  /** As text (`keyText`); null where it has none, or it may not be told. */
  | { readonly is: "key"; readonly cells: readonly number[] | null }
  /** The same for all. */
  | { readonly is: "fixed"; readonly value: string }
  /** A record that it refers to: null where `presence` is missing. */
  | { readonly is: "record"; readonly presence: number; readonly members: readonly JsonMember[] }
);

/** What stands for a value, as `valueOf` has it, that is not of the form: anything that has a form in JSON. */
export type Otherwise = (value: unknown) => unknown;

type Prepared = { readonly before: Uint8Array } & (
  | Exclude<JsonMember, { is: "record" | "fixed" }>
  | { readonly is: "record"; readonly presence: number; readonly members: readonly Prepared[] }
  | { readonly is: "fixed" }
);

const encoder = new TextEncoder();
const COMMA = encoder.encode(",");
const OPEN = encoder.encode("{");
const CLOSE = encoder.encode("}");
const NULL = encoder.encode("null");

/** Writes records with commas between them. */
export class PageJson implements NestingRowWriter {
  readonly lists = [];
  readonly #members: readonly Prepared[];
  readonly #zone: Zone | null;

  constructor(members: readonly JsonMember[], zone: Zone | null) {
    this.#members = members.map(prepared);
    this.#zone = zone;
  }

  head(): void {}

  rows(batch: CellBatch, from: number, to: number, out: Output): void {
    for (let row = from; row < to; row++) this.beginRow(batch, row, row, out);
  }

  beginRow(batch: CellBatch, row: number, index: number, out: Output): void {
    if (index > 0) out.append(COMMA);
    this.#object(this.#members, batch, row * batch.width, out);
  }

  endRow(): void {}

  tail(): void {}

  #object(members: readonly Prepared[], batch: CellBatch, first: number, out: Output): void {
    out.append(OPEN);
    for (let m = 0; m < members.length; m++) {
      const member = members[m]!;
      out.append(member.before);
      switch (member.is) {
        case "value":
          this.#value(member, batch, first + member.column.cell, out);
          break;
        case "key":
          append(member.cells === null ? null : keyAt(member.cells, batch, first), out);
          break;
        case "record":
          if (batch.kind[first + member.presence] === Kind.missing) out.append(NULL);
          else this.#object(member.members, batch, first, out);
          break;
        case "fixed":
      }
    }
    out.append(CLOSE);
  }

  #value({ column, form, otherwise }: Prepared & { is: "value" }, batch: CellBatch, i: number, out: Output): void {
    const kind = batch.kind[i]!;
    if (kind === Kind.missing) out.append(NULL);
    else if (isWrittenAsText(kind, form)) writeJsonText(batch, i, this.#zone, out);
    else if (isWrittenAsIs(kind, batch.number[i]!, form)) writeJsonValue(batch, i, this.#zone, out);
    else {
      const from = out.length;
      const value = otherwise(valueOf(batch, i, column, this.#zone, out));
      out.length = from;
      append(value, out);
    }
  }
}

function prepared(member: JsonMember, n: number): Prepared {
  const name = `${n > 0 ? "," : ""}${JSON.stringify(member.name)}:`;
  if (member.is === "fixed") return { is: "fixed", before: encoder.encode(name + JSON.stringify(member.value)) };
  const before = encoder.encode(name);
  return member.is === "record"
    ? { is: "record", before, presence: member.presence, members: member.members.map(prepared) }
    : { ...member, before };
}

/** Whether a kind of cell is the string of its canonical text in a form. */
function isWrittenAsText(kind: number, form: JsonForm): boolean {
  if (form !== "text" && form !== "any") return false;
  const isFloat = kind === Kind.float || kind === Kind.float32;
  return !isFloat && kind !== Kind.json && (form === "text" || kind !== Kind.boolean);
}

/** Whether a cell is bare, as in files of JSON. */
function isWrittenAsIs(kind: number, number: number, form: JsonForm): boolean {
  switch (form) {
    case "integer":
      return kind === Kind.integer && Math.abs(number) <= 2 ** 31 - 1;
    case "float":
      return (kind === Kind.float || kind === Kind.float32) && Number.isFinite(number);
    case "boolean":
      return kind === Kind.boolean;
    case "any":
      return kind === Kind.json || kind === Kind.boolean;
    default:
      return false;
  }
}

function keyAt(cells: readonly number[], batch: CellBatch, first: number): string {
  return keyText(cells.map((cell) => textOf(batch, first + cell, null)));
}

function append(value: unknown, out: Output): void {
  out.append(value === null ? NULL : encoder.encode(JSON.stringify(value)));
}
