// Exports that were never run, by the thousand, for lists of them.
import type { Control } from "../src/control/open.ts";
import { atOnce, inOrg } from "../src/control/in-org.ts";
import { addExport } from "../src/control/queries/exports.ts";
import { uuidv7 } from "../src/lib/uuid.ts";

/** Adds exports of a person, all of them ready and without an archive. */
export async function addExports(
  control: Control,
  { org, person, object, count }: Readonly<Record<"org" | "person" | "object", string>> & { readonly count: number },
): Promise<void> {
  const mime = "application/zip";
  await atOnce(inOrg(control.db, org), async (at) => {
    for (let n = 0; n < count; n++) {
      const id = uuidv7();
      await addExport(at, {
        id,
        person,
        principal: null,
        namespace: null,
        label: `Export ${n}`,
        description: null,
        kind: "table",
        object,
        batch: null,
        template: null,
        format: "text/csv",
        request: { objects: object },
        afterScript: null,
        revisions: [],
        purpose: null,
        approval: null,
        notify: false,
        language: "en",
        timeZone: "UTC",
        joinKey: Buffer.from(String(n)),
        resubmitOf: null,
        state: "ready",
        archive: `${org}.${id}.${id}`,
        startsAt: null,
        dueAt: null,
        startedAt: new Date(),
        endedAt: new Date(),
        expiresAt: new Date(Date.now() + 30 * 86_400_000),
        rows: 10,
        size: 1000,
        storedSize: 0,
        sha256: "0".repeat(64),
        fileName: "ten.zip",
        mime,
      });
    }
  });
}
