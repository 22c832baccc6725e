// Statements that PGlite is asked often are prepared: planning one takes longer there than running it.
import type { PGlite, QueryOptions, Results, Transaction } from "@electric-sql/pglite";

/** Asked so often, a statement is prepared. */
const OFTEN = 3;
/** So many are at most: each keeps a plan in memory. */
const MOST = 300;

interface Known {
  asked: number;
  /** Its name, and how values become text; null while it is not prepared. */
  prepared: { readonly name: string; readonly texts: readonly ((value: unknown) => string)[] } | null;
}

type Query = <Row>(sql: string, values?: unknown[], options?: QueryOptions) => Promise<Results<Row>>;

/**
 * The same database, for Kysely. A prepared statement is run with its values as literals: PGlite's own protocol would plan anew
 * each time. They are the texts of PGlite's serializers, in quotes.
 */
export function preparing(database: PGlite): PGlite {
  const known = new Map<string, Known>();
  let count = 0;

  const prepare = async (sql: string, its: Known): Promise<void> => {
    if (count >= MOST || !/^(?:select|insert|update|delete|with)\b/i.test(sql)) return;
    const { queryParams } = await database.describeQuery(sql);
    const name = `waybill_${++count}`;
    await database.query(`prepare ${name} as ${sql}`);
    its.prepared = { name, texts: queryParams.map(({ serializer }) => serializer as (value: unknown) => string) };
  };

  const through =
    (query: Query, mayPrepare: boolean): Query =>
    async (sql, values = [], options) => {
      let its = known.get(sql);
      if (its === undefined) known.set(sql, (its = { asked: 0, prepared: null }));
      // What is asked once is not kept.
      if (known.size > 10 * MOST) known.clear();
      if (its.prepared === null && mayPrepare && ++its.asked === OFTEN) await prepare(sql, its);
      if (its.prepared === null) return query(sql, values, options);
      const { name, texts } = its.prepared;
      const literals = values.map((value, n) => literalOf(value, texts[n]));
      return query(`execute ${name}${literals.length === 0 ? "" : `(${literals.join(", ")})`}`, [], options);
    };

  return new Proxy(database, {
    get(target, property) {
      if (property === "query") return through((...its) => target.query(...its), true);
      if (property === "transaction") {
        return <Result>(task: (transaction: Transaction) => Promise<Result>) =>
          target.transaction((transaction) =>
            // Within a transaction nothing is prepared: it might fail, and take the rest along.
            task({ ...transaction, query: through((...its) => transaction.query(...its), false) } as Transaction),
          );
      }
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

/** A value as a literal of unknown type (standard_conforming_strings is on). */
function literalOf(value: unknown, textOf: ((value: unknown) => string) | undefined): string {
  if (value === null || value === undefined) return "null";
  const text = textOf === undefined ? String(value) : textOf(value);
  return `'${text.replaceAll("'", "''")}'`;
}
