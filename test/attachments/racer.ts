// Exchanges a link for another one, again and again, until it is ended.
import { renameSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";

const [, , root, outside] = process.argv as unknown as [string, string, string, string];
const targets = [join(root, "race"), outside];
process.send?.("ready");
process.on("disconnect", () => process.exit());
let turn = 0;
setInterval(() => {
  for (let n = 0; n < 200; n++) {
    const next = join(root, "next-link");
    symlinkSync(targets[turn++ % 2]!, next);
    renameSync(next, join(root, "moving"));
  }
}, 0);
process.on("exit", () => {
  try {
    unlinkSync(join(root, "next-link"));
  } catch {
    // It was not there.
  }
});
