// All sources by the scheme of their URL. A further database is a folder here and a line below.
import { usageError } from "../lib/errors.ts";
import { filesSource } from "./files/source.ts";
import { mariadbSource } from "./mariadb/source.ts";
import { postgresSource } from "./postgres/source.ts";
import type { Source } from "./source.ts";
import { sqliteSource } from "./sqlite/source.ts";

const SCHEMES: Readonly<Record<string, ((url: string) => Source) | undefined>> = {
  postgres: postgresSource,
  postgresql: postgresSource,
  mysql: mariadbSource,
  mariadb: mariadbSource,
  sqlite: (url) => sqliteSource(fileOf(url)),
  files: filesAt,
};

/**
 * The source of a URL: `postgres://…`, `mysql://…`, `mariadb://…`, `sqlite:<file>` or `files:<folder>`.
 * @throws usageError `source-url`
 */
export function sourceAt(url: string): Source {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
  const open = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  if (open !== undefined) return open(url);
  throw usageError("source-url", `The source URL begins with no known scheme.`, {
    hint: "Write postgres://user:password@host:5432/database, mysql://user:password@host:3306/database, sqlite:path/to/file.db or files:path/to/folder.",
  });
}

/** `files:folder`, or `files:folder?memory=2GB` for what DuckDB may have to sort with. */
function filesAt(url: string): Source {
  const [, folder = "", memory] = /^files:(.*?)(?:\?memory=(\d+[MG]B))?$/is.exec(url) ?? [];
  if (folder === "") {
    throw usageError("source-url", "The source URL names no folder.", { hint: "Write files:path/to/folder." });
  }
  return filesSource(folder.startsWith("//") ? folder.slice(2) : folder, memory?.toUpperCase());
}

/** `sqlite:relative.db`, `sqlite:/absolute.db` and `sqlite:///absolute.db` name the same kinds of file. */
function fileOf(url: string): string {
  const rest = url.slice("sqlite:".length);
  const file = rest.startsWith("//") ? rest.slice(2) : rest;
  if (file !== "") return file;
  throw usageError("source-url", "The source URL names no file.", { hint: "Write sqlite:path/to/file.db." });
}
