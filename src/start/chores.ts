// What the service does by itself now and then: it forgets what has run out, keeps namespaces as sources have them, and tidies.
import type { Control } from "../control/open.ts";
import { inOrg } from "../control/in-org.ts";
import { forgetAttempts } from "../control/attempts.ts";
import { removeOldSessions } from "../control/people.ts";
import { forgetOldCalls } from "../control/queries/idempotency.ts";
import { tidy } from "../control/tidy.ts";
import type { Orgs } from "../orgs/orgs.ts";
import { sweepBatches } from "../service/batches/sweep.ts";
import { keepNamespaces } from "../service/keep-namespaces.ts";

export interface ChoresOptions {
  readonly control: Control;
  readonly orgs: Orgs;
  readonly warn: (message: string) => void;
  readonly signal: AbortSignal;
}

/** Milliseconds. */
const EACH = 10 * 60_000;
/** Longer than any window that attempts are counted in. */
const ATTEMPTS = 24 * 3_600_000;

/** Begins, now and then again. @returns what ends it and waits for what is being done */
export function startChores(options: ChoresOptions): () => Promise<void> {
  const { control, orgs, warn, signal } = options;
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
    // At last: what was forgotten leaves room.
    await attempt("tidying the control database", () => tidy(control));
  };
  let going = all();
  const next = setInterval(() => {
    going = going.then(all);
  }, EACH);
  return async () => {
    clearInterval(next);
    await going;
  };
}
