// What the service does by itself now and then: it forgets what has run out, keeps namespaces as sources have them, and tidies.
import { inOrg } from "../control/in-org.ts";
import { forgetAttempts } from "../control/attempts.ts";
import { removeOldSessions } from "../control/people.ts";
import { overdue } from "../control/queries/export-runs.ts";
import { forgetOldCalls } from "../control/queries/idempotency.ts";
import { tidy } from "../control/tidy.ts";
import type { ExportParts } from "../exports/parts.ts";
import { expireArchives, forgetHistory, requeue, sweepVault, warnOfExpiry } from "../exports/sweep.ts";
import { sweepBatches } from "../service/batches/sweep.ts";
import { keepNamespaces } from "../service/keep-namespaces.ts";

export interface ChoresOptions {
  readonly exports: ExportParts;
  readonly warn: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Milliseconds: what people wait for, and the rest. */
const OFTEN = 60_000;
const EACH = 10 * 60_000;
/** Longer than any window that attempts are counted in. */
const ATTEMPTS = 24 * 3_600_000;

/** Begins, now and then again. @returns what ends it and waits for what is being done */
export function startChores(options: ChoresOptions): () => Promise<void> {
  const { exports, warn, signal } = options;
  const { control, orgs } = exports;
  const attempt = async (what: string, chore: () => Promise<unknown>): Promise<void> => {
    try {
      if (!signal.aborted) await chore();
    } catch (error) {
      if (!signal.aborted) warn(`${what}: ${(error as Error).message}`);
    }
  };
  const all = async (): Promise<void> => {
    await attempt("forgetting sessions", () => removeOldSessions(control.db));
    await attempt("forgetting attempts", () => forgetAttempts(control.db, new Date(Date.now() - ATTEMPTS)));
    for (const code of orgs.codes) {
      const at = inOrg(control.db, code);
      await attempt(`${code}: forgetting calls`, () => forgetOldCalls(at));
      await attempt(`${code}: batches`, () => sweepBatches(at));
      await attempt(`${code}: namespaces`, async () => keepNamespaces(at, await orgs.open(code), signal));
    }
    for (const code of orgs.codes) {
      await attempt(`${code}: history`, () => forgetHistory(exports, code, new Date()));
      await attempt(`${code}: queue`, () => requeue(exports, code));
    }
    await attempt("sweeping the vault", () => sweepVault(exports, new Date()));
    // At last: what was forgotten leaves room.
    await attempt("tidying the control database", () => tidy(control));
  };
  const often = async (): Promise<void> => {
    for (const code of orgs.codes) {
      await attempt(`${code}: expiry`, () => expireArchives(exports, code, new Date()));
      await attempt(`${code}: promises`, async () => {
        const late = await overdue(inOrg(control.db, code), new Date());
        if (late > 0) warn(`${code}: ${late} exports are later than was promised.`);
      });
      await attempt(`${code}: mails about expiry`, () => warnOfExpiry(exports, code, new Date()));
    }
  };
  let going = all().then(often);
  const timers = [
    setInterval(() => void (going = going.then(often)), OFTEN),
    setInterval(() => void (going = going.then(all)), EACH),
  ];
  return async () => {
    for (const timer of timers) clearInterval(timer);
    await going;
  };
}
