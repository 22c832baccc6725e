// What `waybill worker` does.
import { usageError } from "../lib/errors.ts";
import { version } from "../lib/version.ts";
import { openWork } from "../start/work.ts";
import { checkedUrl } from "./base-url.ts";
import { configuration } from "./control-options.ts";
import { askedToStop } from "./stop-signal.ts";
import { env, graceOf, logLines, slotsOf, vaultPlace } from "./work-options.ts";
import type { WorkerCommandOptions } from "./worker.ts";

/** Runs exports until it is asked to stop. @throws usageError `no-control`, `no-config`; failures of `openWork` */
export async function runWorker(options: WorkerCommandOptions): Promise<void> {
  const slots = slotsOf(options.exports, 1);
  const grace = graceOf(options.grace);
  const databaseUrl = env("DATABASE_URL");
  if (databaseUrl === null) {
    throw usageError("no-control", "A worker alone needs the control database of its service.", {
      hint: "Set DATABASE_URL to the PostgreSQL that the service uses; one on embedded parts runs its exports itself.",
    });
  }
  const config = await configuration(options);
  if (config === null) {
    throw usageError("no-config", "There is no configuration.", { hint: "Name the one of the service with --config." });
  }
  const asked = askedToStop();
  const work = await openWork({
    config,
    file: options.config ?? "waybill.yaml",
    databaseUrl,
    dataDir: options.dataDir,
    vault: vaultPlace(options.dataDir),
    slots,
    baseUrl: checkedUrl(options.baseUrl ?? env("WAYBILL_BASE_URL") ?? "http://localhost:8080"),
    log: logLines,
  });
  await work.start();
  process.stdout.write(
    `Waybill ${version()} runs up to ${slots} exports at a time, of ${[...config.orgs.keys()].join(", ")}.\n`,
  );
  await asked;
  await work.close(grace);
}
