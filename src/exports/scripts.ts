// Scripts of exports: run from the queue, after the export is over, and never part of its fate.
import { atOnce, inOrg } from "../control/in-org.ts";
import { keepScript } from "../control/queries/export-runs.ts";
import { addEvent, findExport } from "../control/queries/exports.ts";
import { failure } from "../lib/errors.ts";
import type { ScriptJob } from "../queue/queue.ts";
import { runScript } from "../sandbox/run-script.ts";
import { exportFacts } from "../service/exports/facts.ts";
import type { MailSender } from "./mails.ts";
import type { ExportParts } from "./parts.ts";

/**
 * Runs the script of an export, and keeps what it did.
 * @param baseUrl what links begin with
 */
export async function runExportScript(
  parts: ExportParts,
  { org, export: id }: ScriptJob,
  mails: MailSender,
  baseUrl: string,
  signal: AbortSignal,
): Promise<void> {
  const at = inOrg(parts.control.db, org);
  const its = await findExport(at, id);
  const config = parts.orgs.config.orgs.get(org);
  if (config === undefined || its === undefined || its.afterScript === null || its.script !== null) return;
  const { scripts } = config;
  const run = await runScript(
    its.afterScript,
    {
      export: exportFacts(its, { org, baseUrl, position: null }),
      err: its.fault === null ? null : { code: its.fault.code, detail: its.fault.detail },
    },
    {
      fetch: { hosts: scripts.hosts, privateHosts: scripts.privateHosts },
      async notify({ subject, text }) {
        if (its.person === null) throw failure("no-mail", "The export belongs to nobody any more.");
        await mails.sendPlain(its.person, { subject, text });
      },
      signal,
    },
  );
  await atOnce(at, async (within) => {
    // Deleted meanwhile: nobody is to know.
    if (!(await keepScript(within, id, { ...run, at: new Date().toISOString() }))) return;
    await addEvent(within, id, "script", { outcome: run.outcome, milliseconds: run.milliseconds });
  });
  parts.changes.tell(id);
}
