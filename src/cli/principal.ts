// `--as`: the principal that an export is made for, as an e-mail address, an id, or JSON.
import { z } from "zod";
import { usageError } from "../lib/errors.ts";
import { parseJsonText } from "../lib/json-text.ts";
import { type Principal, ROLES } from "../plan/principal.ts";

const HINT = `Write --as anna@example.org, or --as '{"email":"anna@example.org","role":"analyst","attributes":{"site":3}}'.`;

const text = z.union([z.string(), z.number().transform(String)]);
const schema = z.strictObject({
  email: z.string().optional(),
  id: text.optional(),
  role: z.enum(ROLES).optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
  namespaces: z.array(text).optional(),
});

/**
 * Reads the option. Text with an @ is an e-mail address, other text an id.
 * @throws usageError `principal`
 */
export function principalOf(option: string): Principal {
  const bare = { email: null, id: null, role: null, attributes: {}, namespaces: null };
  if (option.trim() === "") throw usageError("principal", "--as names nobody.", { hint: HINT });
  if (!option.trimStart().startsWith("{")) {
    return option.includes("@") ? { ...bare, email: option } : { ...bare, id: option };
  }
  const read = schema.safeParse(parseJsonText(option, "--as"));
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join(".") ?? "";
    throw usageError("principal", `--as is not understood${place === "" ? "" : ` at "${place}"`}: ${issue?.message}.`, {
      hint: HINT,
    });
  }
  const { email = null, id = null, role = null, attributes = {}, namespaces = null } = read.data;
  return { email, id, role, attributes, namespaces };
}
