// An output that is encrypted on its way: nothing plain reaches the file.
import type { Recipient } from "../vault/age-keys.ts";
import { Sealing } from "../vault/sealing.ts";
import type { Output } from "./output.ts";

/** The output as an age file for a recipient. */
export function sealedOutput(output: Output, recipient: Recipient): Output {
  const sealing = new Sealing(output, [recipient]);
  return {
    write: (chunk) => sealing.write(chunk),
    async publish() {
      await sealing.end();
      await output.publish();
    },
    async discard() {
      await sealing.settled();
      await output.discard();
    },
  };
}
