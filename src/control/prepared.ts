// PGlite as Kysely's PostgreSQL dialect wants it: one connection, whose statements stay parsed, and planned where that is worth it.
import { type PGlite, protocol } from "@electric-sql/pglite";
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

const { serialize, messages } = protocol;

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

  const send = (...its: Uint8Array[]) => {
    const message = Buffer.concat([...closing, ...its, serialize.sync()]);
    closing = [];
    // The files need no synchronising: they are on the disk already.
    return database.execProtocolStream(message, { syncToFs: false });
  };

  const forget = (sql: string, { name }: Statement): void => {
    known.delete(sql);
    closing.push(serialize.close({ type: "S", name }));
  };

  const parsed = async (sql: string): Promise<Statement> => {
    const name = KEPT.test(sql) && sql.length <= LONGEST ? `waybill_${++count}` : "";
    const answer = await send(serialize.parse({ name, text: sql }), serialize.describe({ type: "S", name }));
    const { dataTypeIDs = [] } = answer.find((it) => it instanceof messages.ParameterDescriptionMessage) ?? {};
    const { fields = [] } = answer.find((it) => it instanceof messages.RowDescriptionMessage) ?? {};
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
      value === null || value === undefined ? null : (texts[n] ?? String)(value),
    );
    const answer = await send(serialize.bind({ statement: name, values }), serialize.execute({}));
    const rows: Record<string, unknown>[] = [];
    let tag = "";
    for (const it of answer) {
      if (it instanceof messages.CommandCompleteMessage) tag = it.text;
      if (!(it instanceof messages.DataRowMessage)) continue;
      const row: Record<string, unknown> = {};
      for (const [n, { name: column, valueOf }] of columns.entries()) {
        const text = it.fields[n]!;
        row[column] = text === null ? null : valueOf(text);
      }
      rows.push(row);
    }
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
