// What a client sends to a PostgreSQL server, read off the wire between them.
import { type AddressInfo, connect, createServer } from "node:net";

/** A place to connect to instead of the server, and the statements that have come by. */
export interface Overheard {
  readonly url: string;
  readonly statements: string[];
  readonly stop: () => Promise<void>;
}

/**
 * Listens to what is asked of a server: simple queries, and what is prepared.
 * @param before what is done before the server gets a statement
 */
export async function overhear(url: string, before?: (sql: string) => Promise<unknown>): Promise<Overheard> {
  const to = new URL(url);
  const statements: string[] = [];
  const server = createServer((client) => {
    const upstream = connect(Number(to.port), to.hostname);
    let seen = Buffer.alloc(0);
    // The first message has no type.
    let isBegun = false;
    const read = (): string[] => {
      const found: string[] = [];
      for (;;) {
        const head = isBegun ? 1 : 0;
        const end = seen.length < head + 4 ? Infinity : head + seen.readInt32BE(head);
        if (seen.length < end) return found;
        const type = isBegun ? String.fromCharCode(seen[0]!) : "";
        if (type === "Q" || type === "P") found.push(seen.toString("utf8", 5, end).replaceAll("\0", ""));
        isBegun = true;
        seen = seen.subarray(end);
      }
    };
    let passing = Promise.resolve();
    const pass = async (chunk: Buffer): Promise<void> => {
      seen = Buffer.concat([seen, chunk]);
      for (const sql of read()) {
        statements.push(sql);
        await before?.(sql);
      }
      upstream.write(chunk);
    };
    client.on("data", (chunk: Buffer) => {
      passing = passing.then(() => pass(chunk));
    });
    upstream.pipe(client);
    client.on("close", () => upstream.destroy());
    for (const socket of [client, upstream]) socket.on("error", () => client.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const here = new URL(url);
  here.hostname = "127.0.0.1";
  here.port = String((server.address() as AddressInfo).port);
  return {
    url: here.href,
    statements,
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}
