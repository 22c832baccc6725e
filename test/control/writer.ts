// Writes to a control database without end, and says what was acknowledged: the process that crash tests kill.
import { writeSync } from "node:fs";
import { inOrg } from "../../src/control/in-org.ts";
import { openControl } from "../../src/control/open.ts";
import { addAudit } from "../../src/control/queries/audit.ts";
import { addBatchKeys, beginBatch, sealBatch } from "../../src/control/queries/batches.ts";

const [dataDir = "", databaseUrl = "", round = ""] = process.argv.slice(2);
const control = await openControl({ dataDir, databaseUrl: databaseUrl === "" ? null : databaseUrl });
const at = inOrg(control.db, "lab");
const say = (what: string): number => writeSync(1, `${what}\n`);
say("open");
for (let n = 0; ; n++) {
  await addAudit(at, { action: `${round}.${n}` });
  say(`audit ${round}.${n}`);
  if (n % 5 !== 0) continue;
  const made = {
    name: `${round}.${n}`,
    object: "samples",
    namespace: null,
    person: null,
    keyColumns: ["id"],
    source: {},
  };
  const batch = await beginBatch(at, made);
  await addBatchKeys(
    at,
    batch,
    0,
    Array.from({ length: 5000 }, (_, key) => `${n}-${key}`),
  );
  await sealBatch(at, batch);
  say(`batch ${batch}`);
}
