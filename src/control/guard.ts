// What stands between Kysely and a driver: whose turn it is, and errors without the values of a statement.
import type { DatabaseConnection, Dialect, Driver } from "kysely";
import { failure } from "../lib/errors.ts";
import { plainError } from "./errors.ts";

/**
 * A dialect whose errors hold no values, and whose only connection, where it has one, is lent to one after the other.
 * Kysely lends it so too, and waits for ever: a transaction whose own task asks the outer database would keep everybody
 * waiting until the process ends. Here whoever waits gives up after `patience` milliseconds (failure `control-busy`).
 */
export function guarded(dialect: Dialect, turns: "one at a time" | "side by side", patience = PATIENCE): Dialect {
  return {
    // Kysely's own lock is for adapters that say false.
    createAdapter: () => Object.defineProperty(dialect.createAdapter(), "supportsMultipleConnections", { value: true }),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver() {
      const driver = dialect.createDriver();
      guardErrors(driver);
      if (turns === "one at a time") takeTurns(driver, patience);
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

/** How long a statement may wait for its turn, in milliseconds: no transaction of ours takes as long. */
const PATIENCE = 30_000;

function takeTurns(driver: Driver, patience: number): void {
  let last: Promise<void> = Promise.resolve();
  let done: () => void = () => {};
  const acquire = driver.acquireConnection.bind(driver);
  const release = driver.releaseConnection.bind(driver);
  driver.acquireConnection = async (...options) => {
    const turn = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    if (!(await within(patience, turn))) {
      // Whoever comes next waits for the same.
      void turn.then(resolve);
      throw failure("control-busy", "The control database was busy for too long.", { hint: "Try again." });
    }
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

async function within(milliseconds: number, promise: Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, milliseconds, false);
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
