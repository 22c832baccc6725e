// Whether a record is there for somebody, before something of it is exported.
import type { ObjectType } from "../../catalog/types.ts";
import { keyParts, keyText } from "../../lib/record-key.ts";
import { isKnownKey } from "../../plan/page.ts";
import type { SourceSession } from "../../sources/source.ts";
import { keysThere } from "../batches/lookup.ts";
import { notFound } from "../errors.ts";
import type { Sight } from "../org-call.ts";

/**
 * @param key as `lib/record-key.ts` has it
 * @throws failure `not-found`: whether there is none, or none for them, makes no difference
 */
export async function recordThere(
  session: SourceSession,
  object: ObjectType,
  key: string,
  sight: Pick<Sight, "catalog" | "access">,
): Promise<void> {
  const parts = keyParts(key, object.key.length);
  if (parts === null || !isKnownKey(object, sight.access)) throw notFound("record");
  const text = keyText(parts);
  if (!(await keysThere(session, object, [text], sight)).includes(text)) throw notFound("record");
}
