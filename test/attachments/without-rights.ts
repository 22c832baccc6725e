// Opens a file as somebody who may not, and tells what it was told.
import { dirStore } from "../../src/attachments/dir-store.ts";
import type { FileProblem } from "../../src/attachments/file-store.ts";

const [, , root, path] = process.argv as unknown as [string, string, string, string];
const store = await dirStore(root);
const said = await store.open(path, new AbortController().signal).then(
  () => ({ reason: "none" }),
  ({ reason, passing, detail }: FileProblem) => ({ reason, passing, detail }),
);
process.send?.(said, () => process.exit());
