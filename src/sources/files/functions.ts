// Functions that DuckDB lacks, defined on a connection of the reader process.
import duckdb, { type Connection, type Vector } from "@duckdb/node-bindings";
import { elementsOf, memberOf } from "./member.ts";
import { INLINE, Type } from "./protocol.ts";

/**
 * Defines `waybill_member(json, name)`, the text of a member as it is written, and `waybill_elements(json)`, the texts of
 * an array's elements with `SEPARATOR` between them; or nothing.
 */
export function defineFunctions(connection: Connection): void {
  define(connection, "waybill_member", 2, (json, names) => {
    // The name is a constant of the statement.
    const name = Buffer.from(names.at(0) ?? []).toString("utf8");
    return (row) => {
      const object = json.at(row);
      return object === null ? null : memberOf(object, name);
    };
  });
  define(connection, "waybill_elements", 1, (json) => (row) => {
    const array = json.at(row);
    return array === null ? null : elementsOf(array);
  });
}

/** Defines a function of texts that gives text. `of` is called with the vectors of a chunk that has rows. */
function define(
  connection: Connection,
  name: string,
  parameters: number,
  of: (...vectors: TextVector[]) => (row: number) => Uint8Array | null,
): void {
  const text = duckdb.create_logical_type(Type.varchar);
  const its = duckdb.create_scalar_function();
  duckdb.scalar_function_set_name(its, name);
  for (let n = 0; n < parameters; n++) duckdb.scalar_function_add_parameter(its, text);
  duckdb.scalar_function_set_return_type(its, text);
  duckdb.scalar_function_set_function(its, (_info, input, output) => {
    const rows = duckdb.data_chunk_get_size(input);
    const validity = Buffer.alloc(Math.ceil(rows / 64) * 8);
    if (rows > 0) {
      const vector = (n: number): TextVector => new TextVector(duckdb.data_chunk_get_vector(input, n), rows);
      const valueAt = of(...Array.from({ length: parameters }, (_, n) => vector(n)));
      for (let row = 0; row < rows; row++) {
        const value = valueAt(row);
        if (value === null) continue;
        validity[row >> 3]! |= 1 << (row & 7);
        duckdb.vector_assign_string_element_len(output, row, value);
      }
    }
    duckdb.vector_ensure_validity_writable(output);
    duckdb.copy_data_to_vector_validity(output, 0, validity.buffer, validity.byteOffset, validity.length);
  });
  duckdb.register_scalar_function(connection, its);
}

/** A vector of text, read value by value. */
class TextVector {
  readonly #data: Uint8Array;
  readonly #view: DataView;
  readonly #validity: Uint8Array | null;

  constructor(vector: Vector, rows: number) {
    this.#data = duckdb.vector_get_data(vector, rows * 16);
    this.#view = new DataView(this.#data.buffer, this.#data.byteOffset, this.#data.length);
    const validity = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8);
    this.#validity = validity !== null && validity.length > 0 ? validity : null;
  }

  at(row: number): Uint8Array | null {
    if (this.#validity !== null && (this.#validity[row >> 3]! & (1 << (row & 7))) === 0) return null;
    const length = this.#view.getUint32(row * 16, true);
    if (length <= INLINE) return this.#data.subarray(row * 16 + 4, row * 16 + 4 + length);
    return duckdb.get_data_from_pointer(this.#data.buffer as ArrayBuffer, this.#data.byteOffset + row * 16 + 8, length);
  }
}
