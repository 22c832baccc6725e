// Prepared statements of the mariadb package, with what its types leave out.
import type { Connection } from "mariadb";
import { UNSIGNED } from "./wire.ts";

/** A column that a statement gives. */
export interface PreparedColumn {
  readonly name: string;
  /** Its type on the wire. */
  readonly type: number;
  readonly unsigned: boolean;
  /** The largest length in bytes, or the width of a number. */
  readonly length: number;
  readonly scale: number;
  /** Whether it is bytes and no text. */
  readonly binary: boolean;
  /** What MariaDB says besides the wire's type: `uuid`, `inet6`, `json`, `point`, or nothing. */
  readonly special: string;
  readonly flags: number;
}

/** A statement that the server has understood. */
export interface PreparedStatement {
  readonly id: number;
  readonly columns: readonly PreparedColumn[];
  /** Has the server forget it: it allows for a number of them, all connections together. */
  readonly close: () => void;
}

interface PackagePrepared {
  readonly id: number;
  readonly columns: readonly PackageColumn[];
  close(): void;
}

interface PackageColumn {
  readonly columnType: number;
  readonly flags: number;
  readonly columnLength: number;
  readonly scale: number;
  readonly collation: { readonly index: number; readonly maxLength: number } | undefined;
  readonly dataTypeName: string | undefined;
  isDataTypeFormatJson(): boolean;
  name(): string;
}

/** Has the server read a statement; nothing is run. */
export async function prepare(client: Connection, sql: string): Promise<PreparedStatement> {
  const prepared = (await client.prepare(sql)) as unknown as PackagePrepared;
  const { id, columns } = prepared;
  return {
    id,
    close: () => prepared.close(),
    columns: columns.map((column) => ({
      name: column.name(),
      type: column.columnType,
      unsigned: (column.flags & UNSIGNED) !== 0,
      length: Math.floor(column.columnLength / (column.collation?.maxLength ?? 1)),
      scale: column.scale,
      binary: column.collation?.index === BINARY,
      special: column.isDataTypeFormatJson() ? "json" : (column.dataTypeName ?? ""),
      flags: column.flags,
    })),
  };
}

/** The number of the character set of bytes that are no text. */
const BINARY = 63;
