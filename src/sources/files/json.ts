// JSON files as tables.
import { ReaderError } from "../reader-process.ts";
import type { Reader } from "./ask.ts";
import type { DataFile } from "./folder.ts";
import type { FileTable } from "./introspect.ts";

export async function jsonTable(_reader: Reader, file: DataFile): Promise<Pick<FileTable, "sql" | "columns" | "rows">> {
  throw new ReaderError("", `JSON is not read yet: ${file.name}`);
}
