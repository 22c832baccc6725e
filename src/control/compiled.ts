// Statements that come with every request: put together once, which takes Kysely longer than a database needs to answer them.
import type { Compilable, CompiledQuery } from "kysely";
import type { InOrg } from "./in-org.ts";

/** A statement of an org, and which of its parameters is the value that it is asked with. */
interface Compiled<Row> {
  readonly query: CompiledQuery<Row>;
  readonly isGiven: readonly boolean[];
}

/**
 * A query that is built once for each org and asked with many values.
 * @param build the same for every value, which stands in it as it is; one object is never taken for another
 */
export function compiledOnce<Value extends object, Row>(
  build: (at: InOrg, value: Value) => Compilable<Row>,
): (at: InOrg, value: Value) => Promise<Row[]> {
  const known = new Map<string, Compiled<Row>>();
  return async (at, value) => {
    const its = known.get(at.org) ?? compiled(build(at, value), value);
    const parameters = its.query.parameters.map((it, n) => (its.isGiven[n] === true ? value : it));
    const { rows } = await at.db.executeQuery<Row>({ ...its.query, parameters });
    // Anybody can name orgs that are not there.
    if (rows.length > 0) known.set(at.org, its);
    return rows;
  };
}

function compiled<Row>(built: Compilable<Row>, value: object): Compiled<Row> {
  const query = built.compile();
  return { query, isGiven: query.parameters.map((it) => it === value) };
}
