// Cursors: the place where a page ended, sealed, so that it is taken back whole and for the same question only.
import { createHash, createSecretKey, hkdfSync, type KeyObject, randomBytes } from "node:crypto";
import { convertValue } from "../../query/values.ts";
import type { Value } from "../../query/predicate.ts";
import type { FieldType } from "../../catalog/types.ts";
import { inputError } from "../../lib/errors.ts";
import { sealedText, unsealedText } from "../../lib/sealed-text.ts";
import { sentence } from "../../lib/sentence.ts";
import type { After } from "../../plan/select.ts";

/** Of a cursor: longer ones do not fit into every URL. */
const MOST_CHARACTERS = 6_000;

/** Where nobody has given a salt, cursors that hold something to be kept secret are good until the program ends. */
const RANDOM = randomBytes(32);

/** Of cursors without a secret. */
const OPEN_KEY = keyOf(new Uint8Array(32));

function keyOf(material: Uint8Array): KeyObject {
  return createSecretKey(new Uint8Array(hkdfSync("sha256", material, "", "waybill cursor", 32)));
}

/** What cursors of one question are sealed with. */
export interface Seal {
  readonly key: KeyObject;
  /** What the question is, so that no cursor of another one is taken for its own. */
  readonly question: Uint8Array;
}

/**
 * @param secret the org's salted key where a place holds a key that its reader may not know; else nothing needs to be kept
 * secret, and the seal guards against slips only
 */
export function sealOf(question: unknown, isSecret: boolean, secret: Uint8Array | null): Seal {
  return {
    key: isSecret ? keyOf(secret ?? RANDOM) : OPEN_KEY,
    question: createHash("sha256").update(JSON.stringify(question)).digest(),
  };
}

/** A place as text; null where it would be too long to be handed around. */
export function cursorOf(values: After["values"], { key, question }: Seal): string | null {
  const plain = JSON.stringify(values.map((its) => its.map((it) => (it === null ? null : [it.type, it.text]))));
  const text = sealedText(plain, key, question);
  return text.length > MOST_CHARACTERS ? null : text;
}

/** @throws inputError `cursor-not-suited` */
export function placeOf(cursor: string, { key, question }: Seal, pointer = "/after"): After["values"] {
  try {
    const plain = cursor.length > MOST_CHARACTERS ? null : unsealedText(cursor, key, question);
    if (plain === null) throw new Error("not as it was given");
    const written = JSON.parse(plain) as ([FieldType, string] | null)[][];
    return written.map((its) => its.map((it) => (it === null ? null : checked(it))));
  } catch (cause) {
    const error = inputError(
      "cursor-not-suited",
      pointer,
      sentence`The cursor is damaged, or belongs to another question.`,
      sentence`Take it from the answer to the same question, or begin at the first page without it.`,
    );
    error.cause = cause;
    throw error;
  }
}

/** Without a secret anybody can seal: what is no value of its type goes no further than here. */
function checked([type, text]: [FieldType, string]): Value {
  if (type === "decimal" && /^(?:NaN|-?Infinity)$/.test(text)) return { type, text };
  return convertValue(text, type, "/after", null);
}
