// What a field of the schema stands for: those who look at a document before it is executed need to know.
import type { GraphQLField } from "graphql";

export type Part =
  /** A field of a record, by its name and that of its object type in the catalog. */
  | { readonly kind: "value"; readonly name: string; readonly object: string }
  /** A record's key. */
  | { readonly kind: "key" }
  /** The record that a reference of this name points to. */
  | { readonly kind: "reference"; readonly name: string }
  /** A connection: a list of a record by its name, or one of the root. */
  | { readonly kind: "page"; readonly name: string }
  /** Attached files by their name. */
  | { readonly kind: "files"; readonly name: string }
  /** All records of the connection, or all files, that it is in. */
  | { readonly kind: "items" }
  /** How many there are. */
  | { readonly kind: "count" }
  /** What is made of all the bytes of a file. */
  | { readonly kind: "checksum" };

const PART = Symbol("part");

/** For `extensions` of a field. */
export function part(its: Part): { readonly [PART]: Part } {
  return { [PART]: its };
}

export function partOf(field: GraphQLField<unknown, unknown> | undefined): Part | null {
  return (field?.extensions[PART] as Part | undefined) ?? null;
}
