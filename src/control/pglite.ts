// The embedded control database: PGlite in a folder, with commits that are on the disk when they are acknowledged.
import { fsyncSync } from "node:fs";
import { PGlite, types } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { type Kysely, PostgresDialect } from "kysely";
import { failure } from "../lib/errors.ts";
import { plainError } from "./errors.ts";
import { lockFolder } from "./folder-lock.ts";
import { guarded } from "./guard.ts";
import type { Opened } from "./open.ts";
import { onlyConnection } from "./prepared.ts";

/**
 * PGlite turns off fsync, and its file system would ignore it. Here both are on: one fsync for a commit, as any PostgreSQL
 * does. Its usual 128 MB of buffers cost 140 MB of memory and half a second at the start for a database of a few megabytes.
 */
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== "-F"),
  ...["wal_sync_method=fsync", "shared_buffers=16MB", "max_wal_size=128MB", "timezone=UTC"].flatMap((it) => ["-c", it]),
];

/** The part of Emscripten that is used here; PGlite does not declare it. */
interface EmscriptenModule {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
}

class SyncingFiles extends NodeFS {
  override async init(...its: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const made = await super.init(...its);
    const withFsync = (module: unknown): void => {
      (module as EmscriptenModule).NODEFS.stream_ops.fsync = ({ nfd }) => {
        fsyncSync(nfd);
        return 0;
      };
    };
    made.emscriptenOpts.preRun = [...(made.emscriptenOpts.preRun ?? []), withFsync];
    return made;
  }
}

/**
 * Opens the database in `<dataDir>/control`, which is made when it is not there.
 * @throws failure `data-dir-in-use`, `data-dir`, `control-damaged`
 */
export async function openPglite(dataDir: string): Promise<Opened> {
  const lock = lockFolder(dataDir);
  const folder = `${dataDir}/control`;
  try {
    const database = await PGlite.create({
      fs: new SyncingFiles(folder),
      startParams: START_PARAMETERS,
      parsers: { [types.INT8]: Number },
    });
    return {
      kind: "pglite",
      label: `the control database in "${folder}"`,
      // All share one connection, so a transaction keeps everybody else waiting.
      dialect: guarded(new PostgresDialect({ pool: onlyConnection(database) }), "one at a time"),
      // In a turn of its own, as Kysely lends them; an error within a transaction of the text ends that.
      script: (db: Kysely<never>, text) =>
        db.connection().execute(async () => {
          try {
            const results = await database.exec(text);
            return results.flatMap(({ rows }) => rows);
          } catch (error) {
            await database.exec("rollback");
            throw plainError(error);
          }
        }),
      async close(db: Kysely<never>) {
        await db.destroy();
        if (!database.closed) await database.close();
        lock.release();
      },
    };
  } catch (cause) {
    lock.release();
    throw failure("control-damaged", `The control database in "${folder}" cannot be opened.`, {
      hint: "Check who may write to it and that the disk has room; else restore a backup with waybill restore.",
      cause,
    });
  }
}
