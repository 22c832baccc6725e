// What the interpreter's process tells its owner, a line of JSON each. It runs what nobody trusts, so its words are checked.
import { z } from "zod";

const error = z.strictObject({
  name: z.string().max(100),
  message: z.string().max(1100),
  line: z.int().positive().nullable(),
  column: z.int().positive().nullable(),
});
const ending = z.strictObject({
  end: z.enum(["done", "failed", "timeout", "memory", "crashed"]),
  error: error.nullable(),
});
const call = z.int().positive();
const fetch = z.strictObject({
  url: z.string(),
  method: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  body: z.string().nullable(),
});
const notify = z.strictObject({ subject: z.string(), text: z.string() });
const message = z.union([
  z.strictObject({ ready: z.literal(true) }),
  z.strictObject({ log: z.string() }),
  z.strictObject({ call, fetch }),
  z.strictObject({ call, notify }),
  ending,
]);

/** Any message. The first is `ready`, the last has an `end`. */
export type Message = z.infer<typeof message>;
/** How it ended, as the interpreter says. */
export type Ending = z.infer<typeof ending>;
/** A request as a script asks for it. */
export type FetchRequest = z.infer<typeof fetch>;
/** A notification as a script asks for it. */
export type Notification = z.infer<typeof notify>;

/** Reads a line, or gives null when no sound interpreter would have written it. */
export function readMessage(line: string): Message | null {
  try {
    return message.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
