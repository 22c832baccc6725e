// JSON that is written already, as a value in an answer.
import { randomUUID } from "node:crypto";

/** Objects with commas between them: an array of them, or the one there is. */
export class Written {
  readonly json: Uint8Array;
  readonly isArray: boolean;

  constructor(json: Uint8Array, what: "one" | "array") {
    this.json = json;
    this.isArray = what === "array";
  }
}

/** What stands for it until it is put in: nobody outside knows it. */
const PLACE = randomUUID();

/** JSON text of a value that has `Written` in it. */
export function jsonWith(value: unknown): Buffer {
  const found: Written[] = [];
  const text = JSON.stringify(value, (_name, its: unknown) => {
    if (!(its instanceof Written)) return its;
    found.push(its);
    return PLACE;
  });
  const parts = text.split(`"${PLACE}"`);
  return Buffer.concat(
    parts.flatMap((part, n): Uint8Array[] => {
      const before = found[n - 1]?.isArray === true ? "]" : "";
      const its = found[n];
      if (its === undefined) return [Buffer.from(before + part)];
      return [Buffer.from(before + part + (its.isArray ? "[" : "")), its.json];
    }),
  );
}
