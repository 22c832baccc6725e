// Exports without the API: `waybill worker`, and `waybill run-due`.
import type { Config } from "../config/config.ts";
import { type ControlPlace, openControl } from "../control/open.ts";
import type { ExportParts } from "../exports/parts.ts";
import { failure } from "../lib/errors.ts";
import { openMailer } from "../mail/mailer.ts";
import { orgsOf } from "../orgs/orgs.ts";
import { type Exports, openExports, type VaultPlace } from "./exports.ts";

export interface WorkOptions extends ControlPlace {
  readonly config: Config;
  /** The file that the configuration was read from. */
  readonly file: string;
  readonly vault: VaultPlace;
  /** How many exports run at a time. */
  readonly slots: number;
  /** What links in mails begin with. */
  readonly baseUrl: string;
  readonly log: ExportParts["log"];
}

export interface Work extends Exports {
  /** Gives what runs so many milliseconds, hands back the rest, and ends. May be called twice. */
  close(grace: number): Promise<void>;
}

/** Opens what exports are run with; `start` begins. @throws failures as `serve` */
export async function openWork(options: WorkOptions): Promise<Work> {
  const { config, file, log } = options;
  const control = await openControl(options);
  const closing = new AbortController();
  const orgs = orgsOf(config, { file, warn: (message) => log("warn", message), signal: closing.signal });
  const mailer = config.mail === null ? null : openMailer(config.mail);
  const end = async (): Promise<void> => {
    closing.abort(failure("stopping", "The worker is stopping."));
    mailer?.close();
    await orgs.close();
    await control.close();
  };
  try {
    const exports = await openExports({ ...options, control, orgs, mailer });
    const close = async (grace: number): Promise<void> => {
      try {
        await exports.close(grace);
      } finally {
        await end();
      }
    };
    let closed: Promise<void> | undefined;
    return { ...exports, close: (grace) => (closed ??= close(grace)) };
  } catch (error) {
    await end();
    throw error;
  }
}
