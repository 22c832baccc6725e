// Reading `datapackage.json` again: the parts that can be checked.
import { z } from "zod";

const resource = z.object({
  name: z.string(),
  path: z.string(),
  format: z.string().optional(),
  bytes: z.int().nonnegative(),
  hash: z.templateLiteral(["sha256:", z.hex().length(64)]),
  rowCount: z.int().nonnegative().optional(),
  dialect: z.record(z.string(), z.unknown()).optional(),
});

const descriptor = z.object({ resources: z.array(resource) });

/** A file, or a sheet of it, as its descriptor tells it. */
export type Resource = z.infer<typeof resource>;

/**
 * The resources that a descriptor's text lists.
 * @throws Error that names the first place that is wrong
 */
export function readDescriptor(text: string): readonly Resource[] {
  const read = descriptor.safeParse(JSON.parse(text));
  if (read.success) return read.data.resources;
  const { path, message } = read.error.issues[0]!;
  throw new Error(`at /${path.join("/")}: ${message}`);
}
