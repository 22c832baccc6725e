// PGlite as Kysely's PostgreSQL dialect wants it: one connection, whose statements stay parsed, and planned where that is worth it.
import { isAscii } from "node:buffer";
import { type messages, type PGlite, protocol } from "@electric-sql/pglite";
import type { PostgresPool, PostgresQueryResult } from "kysely";

/** So many statements are kept at most: each has a plan in memory. Whichever was not asked for the longest makes room. */
const MOST = 300;
/** Longer ones, in characters, are not kept: lists of values of their own length, which nobody asks again. */
const LONGEST = 10_000;
/** Others mean what they find when they are asked, or are asked once. */
const KEPT = /^\s*(?:select|insert|update|delete|with|begin|commit)\b/i;
/** After these, tables may not be what statements were parsed for. */
const ALTERS = /^(?:CREATE|ALTER|DROP|ROLLBACK)/;

interface Statement {
  readonly name: string;
  /** How its values become text, where `String` does not do. */
  readonly texts: readonly (((value: unknown) => string) | undefined)[];
  readonly columns: readonly { readonly name: string; readonly valueOf: (text: string) => unknown }[];
}

const { serialize } = protocol;
/** Messages of the database, by their first byte. */
const ERROR = 0x45;
const DATA_ROW = 0x44;
const COMMAND_COMPLETE = 0x43;

/**
 * PGlite's only connection. PGlite's own `query` has each statement parsed and planned anew, which takes longer there than
 * running it, and crosses into WebAssembly six times; this parses once, and crosses once (PostgreSQL's extended query protocol).
 * Nobody else may use the database, and those who do take turns.
 */
export function onlyConnection(database: PGlite): PostgresPool {
  const known = new Map<string, Statement>();
  let count = 0;
  /** What the database is told before the next message: names that are free again. */
  let closing: Uint8Array[] = [];

  const send = async (...its: Uint8Array[]): Promise<Buffer> => {
    const message = Buffer.concat([...closing, ...its, serialize.sync()]);
    closing = [];
    const answer: Buffer[] = [];
    // The files need no synchronising: they are on the disk already. What is handed over is the database's own memory.
    const onRawData = (bytes: Uint8Array) => void answer.push(Buffer.from(bytes));
    await database.execProtocolRawStream(message, { syncToFs: false, onRawData });
    return Buffer.concat(answer);
  };

  const forget = (sql: string, { name }: Statement): void => {
    known.delete(sql);
    closing.push(serialize.close({ type: "S", name }));
  };

  const parsed = async (sql: string): Promise<Statement> => {
    const name = KEPT.test(sql) && sql.length <= LONGEST ? `waybill_${++count}` : "";
    const answer = messagesOf(
      await send(serialize.parse({ name, text: sql }), serialize.describe({ type: "S", name })),
    );
    const { dataTypeIDs = [] } = answer.find((it) => it instanceof protocol.messages.ParameterDescriptionMessage) ?? {};
    const { fields = [] } = answer.find((it) => it instanceof protocol.messages.RowDescriptionMessage) ?? {};
    return {
      name,
      texts: dataTypeIDs.map((type) => database.serializers[type]),
      columns: fields.map(({ name: column, dataTypeID: type }) => {
        const parser = database.parsers[type];
        return { name: column, valueOf: parser === undefined ? String : (text) => parser(text, type) as unknown };
      }),
    };
  };

  const query = async <Row>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>> => {
    const statement = known.get(sql) ?? (await parsed(sql));
    const { name, texts, columns } = statement;
    if (name !== "") {
      // The last of the map is the one that was asked for last.
      known.delete(sql);
      known.set(sql, statement);
      const [oldest] = known.size > MOST ? known : [];
      if (oldest !== undefined) forget(...oldest);
    }
    const values = parameters.map((value, n) =>
      // PGlite counts the bytes of half a surrogate wrongly, and what follows it would be cut.
      value === null || value === undefined ? null : (texts[n] ?? String)(value).toWellFormed(),
    );
    const answer = await send(serialize.bind({ statement: name, values }), serialize.execute({}));
    const { rows, tag } = resultOf(answer, columns);
    if (ALTERS.test(tag)) for (const [its, old] of known) forget(its, old);
    const [command = "", ...counts] = tag.split(" ");
    return {
      command: command as PostgresQueryResult<Row>["command"],
      rowCount: Number(counts.at(-1)),
      rows: rows as Row[],
    };
  };

  const client = { query, release() {} } as Awaited<ReturnType<PostgresPool["connect"]>>;
  return { connect: () => Promise.resolve(client), end: () => database.close(), options: {} };
}

/** @throws DatabaseError that is among them */
function messagesOf(answer: Buffer): messages.BackendMessage[] {
  const all: messages.BackendMessage[] = [];
  new protocol.Parser().parse(answer, (message) => all.push(message));
  const error = all.find((it) => it instanceof protocol.messages.DatabaseError);
  if (error !== undefined) throw error;
  return all;
}

/** The rows of an answer, and what was done. @throws DatabaseError */
function resultOf(answer: Buffer, columns: Statement["columns"]): { rows: Record<string, unknown>[]; tag: string } {
  const rows: Record<string, unknown>[] = [];
  let tag = "";
  // Parts of a string cost less than strings made of bytes one by one.
  const ascii = isAscii(answer) ? answer.toString("latin1") : null;
  const textAt = (from: number, to: number) => ascii?.slice(from, to) ?? answer.toString("utf8", from, to);
  for (let at = 0, next = 0; at < answer.length; at = next) {
    const kind = answer[at];
    next = at + 1 + answer.readInt32BE(at + 1);
    if (kind === ERROR) messagesOf(answer);
    if (kind === COMMAND_COMPLETE) tag = textAt(at + 5, next - 1);
    if (kind !== DATA_ROW) continue;
    const row: Record<string, unknown> = {};
    let place = at + 7;
    for (const { name, valueOf } of columns) {
      const length = answer.readInt32BE(place);
      place += 4;
      row[name] = length < 0 ? null : valueOf(textAt(place, place + length));
      place += Math.max(0, length);
    }
    rows.push(row);
  }
  return { rows, tag };
}
