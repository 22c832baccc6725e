// Functions that DuckDB lacks, defined on a connection of the reader process.
import duckdb, { type Connection, type Vector } from "@duckdb/node-bindings";
import { memberOf } from "./member.ts";
import { INLINE, Type } from "./protocol.ts";

/** Defines `waybill_member(json, name)`: the text of a member as it is written, or nothing. */
export function defineFunctions(connection: Connection): void {
  const text = duckdb.create_logical_type(Type.varchar);
  const member = duckdb.create_scalar_function();
  duckdb.scalar_function_set_name(member, "waybill_member");
  duckdb.scalar_function_add_parameter(member, text);
  duckdb.scalar_function_add_parameter(member, text);
  duckdb.scalar_function_set_return_type(member, text);
  duckdb.scalar_function_set_function(member, (_info, input, output) => {
    const rows = duckdb.data_chunk_get_size(input);
    const json = new TextVector(duckdb.data_chunk_get_vector(input, 0), rows);
    const names = new TextVector(duckdb.data_chunk_get_vector(input, 1), rows);
    const name = rows === 0 ? "" : Buffer.from(names.at(0) ?? []).toString("utf8");
    const validity = Buffer.alloc(Math.ceil(rows / 64) * 8);
    for (let row = 0; row < rows; row++) {
      const object = json.at(row);
      const value = object === null ? null : memberOf(object, name);
      if (value === null) continue;
      validity[row >> 3]! |= 1 << (row & 7);
      duckdb.vector_assign_string_element_len(output, row, value);
    }
    duckdb.vector_ensure_validity_writable(output);
    duckdb.copy_data_to_vector_validity(output, 0, validity.buffer, validity.byteOffset, validity.length);
  });
  duckdb.register_scalar_function(connection, member);
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
