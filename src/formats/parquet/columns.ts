// The column that gathers the values of a type.
import type { ColumnShape, WriterContext } from "../../cells/row-writer.ts";
import { BooleanColumn } from "./boolean-column.ts";
import { ByteArrayColumn } from "./byte-array-column.ts";
import type { Column } from "./column.ts";
import { DateColumn } from "./date-column.ts";
import { DecimalColumn } from "./decimal-column.ts";
import { DoubleColumn } from "./double-column.ts";
import { IntegerColumn } from "./integer-column.ts";
import { parquetType } from "./schema.ts";
import { TimeColumn, TimestampColumn } from "./time-columns.ts";
import { UuidColumn } from "./uuid-column.ts";

/** A column as its type asks for it. */
export function columnOf(shape: ColumnShape, context: WriterContext): Column {
  const type = parquetType(shape);
  const { logical } = type;
  switch (logical.kind) {
    case "integer":
      return new IntegerColumn(shape, type, context);
    case "decimal":
      return new DecimalColumn(shape, type, logical, context);
    case "date":
      return new DateColumn(shape, type, context);
    case "time":
      return new TimeColumn(shape, type, context);
    case "timestamp":
      return new TimestampColumn(shape, type, logical.utc, context);
    case "uuid":
      return new UuidColumn(shape, type, context);
    case "string":
    case "json":
      return new ByteArrayColumn(shape, type, logical.kind, context);
    case "none":
      if (shape.type === "float") return new DoubleColumn(shape, type, context);
      if (shape.type === "boolean") return new BooleanColumn(shape, type, context);
      return new ByteArrayColumn(shape, type, "binary", context);
  }
}
