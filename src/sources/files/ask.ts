// Questions to the reader whose answers are a few rows of text.
import { CellBatch } from "../../cells/batch.ts";
import { Kind } from "../../cells/kinds.ts";
import type { FieldType } from "../../catalog/types.ts";
import type { ReaderProcess } from "../reader-process.ts";
import { Vectors } from "./decode.ts";
import type { Request, WireType } from "./protocol.ts";

export type Reader = ReaderProcess<Request>;

/** A stream that no session opens. */
const QUESTION = -1;

/** The rows of a SELECT, each a list of text. */
export async function texts(reader: Reader, sql: string): Promise<(string | null)[][]> {
  const wire = await reader.ask<WireType[]>({
    do: "stream",
    stream: QUESTION,
    json: [],
    sql: `SELECT (COLUMNS(*))::VARCHAR FROM (${sql}\n)`,
  });
  const types = wire.map((): FieldType => "text");
  const rows: (string | null)[][] = [];
  for (;;) {
    const answer = await reader.askRows(QUESTION);
    if ("end" in answer) return rows;
    const vectors = new Vectors(answer.rows as Uint8Array<ArrayBuffer>, answer.length);
    const batch = new CellBatch(wire.length);
    while (vectors.decode(wire, types, batch)) {
      for (let row = 0; row < batch.rows; row++) rows.push(wire.map((_, c) => textOf(batch, row * wire.length + c)));
    }
  }
}

function textOf(batch: CellBatch, i: number): string | null {
  if (batch.kind[i] === Kind.missing) return null;
  return Buffer.from(batch.bytes.subarray(batch.start[i], batch.end[i])).toString("utf8");
}
