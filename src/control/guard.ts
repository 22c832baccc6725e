// What stands between Kysely and a driver: whose turn it is, and errors without the values of a statement.
import type { DatabaseConnection, Dialect, Driver } from "kysely";
import { plainError } from "./errors.ts";

/**
 * A dialect whose errors hold no values. Kysely's driver for PGlite hands its only connection to everybody at once, so
 * that a statement of one request would become a part of another one's transaction: `one at a time` gives it to one
 * after the other. Whoever is in a transaction must use that transaction; the outer database would wait for its end.
 */
export function guarded(dialect: Dialect, turns: "one at a time" | "side by side"): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver() {
      const driver = dialect.createDriver();
      guardErrors(driver);
      if (turns === "one at a time") takeTurns(driver);
      return driver;
    },
  };
}

function guardErrors(driver: Driver): void {
  const seen = new WeakSet<DatabaseConnection>();
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async (...options) => {
    const connection = await acquire(...options).catch((error: unknown) => {
      throw plainError(error);
    });
    if (!seen.has(connection)) {
      seen.add(connection);
      const execute = connection.executeQuery.bind(connection);
      connection.executeQuery = async <Row>(...query: Parameters<typeof execute>) => {
        try {
          return await execute<Row>(...query);
        } catch (error) {
          throw plainError(error);
        }
      };
    }
    return connection;
  };
}

function takeTurns(driver: Driver): void {
  let before: Promise<void> = Promise.resolve();
  let done: () => void = () => {};
  const acquire = driver.acquireConnection.bind(driver);
  const release = driver.releaseConnection.bind(driver);
  driver.acquireConnection = async (...options) => {
    const turn = before;
    const { promise, resolve } = Promise.withResolvers<void>();
    before = promise;
    await turn;
    try {
      const connection = await acquire(...options);
      done = resolve;
      return connection;
    } catch (error) {
      resolve();
      throw error;
    }
  };
  driver.releaseConnection = async (...connection) => {
    const free = done;
    await release(...connection);
    free();
  };
}
