// `waybill serve`: makes everything, hands it to the HTTP server, and takes it down in order.
import type { AddressInfo } from "node:net";
import type { Config } from "../config/config.ts";
import { type Control, openControl } from "../control/open.ts";
import { makeApp } from "../http/app.ts";
import type { HttpOptions } from "../http/service.ts";
import { openMailer } from "../mail/mailer.ts";
import { providersOf } from "../identity/oidc.ts";
import { firstLink } from "../identity/people.ts";
import { openSignIn } from "../identity/sign-in.ts";
import { failure } from "../lib/errors.ts";
import { version } from "../lib/version.ts";
import { orgsOf } from "../orgs/orgs.ts";
import { openExports, type VaultPlace } from "./exports.ts";
import { startChores } from "./chores.ts";

export interface ServeOptions extends HttpOptions {
  readonly config: Config;
  /** The file that the configuration was read from. */
  readonly file: string;
  readonly dataDir: string;
  /** A PostgreSQL for the control database; null for the embedded one. */
  readonly databaseUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** Where archives lie. */
  readonly vault: VaultPlace;
  /** How many exports run at a time; 0 leaves them to `waybill worker`. */
  readonly slots: number;
  /** How long requests and exports that go on may take when the service stops, in milliseconds. */
  readonly grace: number;
  /** What sessions are signed with; null for a secret that is kept in the control database. */
  readonly secret: string | null;
}

/** A service that answers. */
export interface Serving {
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly address: string;
  /** The link by which the first administrator comes; null when there is anybody already. */
  readonly firstLink: string | null;
  /** Answers what was asked already, and ends. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the service.
 * @throws failure `data-dir-in-use`, `control-unreachable`, `port-in-use` and others
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  // What was started ends in the opposite order, whether all of it was or not.
  const ends: (() => Promise<void> | void)[] = [];
  let stopping = false;
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    stopping = true;
    while (ends.length > 0) await ends.pop()!();
  };
  try {
    const control = await openControl(options);
    ends.push(() => control.close());
    const closing = new AbortController();
    const { config, file } = options;
    const orgs = orgsOf(config, { file, warn: (message) => log("warn", message), signal: closing.signal });
    ends.push(() => orgs.close());
    const mailer = config.mail === null ? null : openMailer(config.mail);
    ends.push(() => mailer?.close());
    const signIn = await openSignIn({
      control,
      baseUrl: options.baseUrl,
      secret: options.secret,
      trustedOrigins: options.origins,
      providers: providersOf(config),
      mailer,
      log: (level, message) => log(level, message),
    });
    ends.push(() => signIn.close());
    const exports = await openExports({
      control,
      orgs,
      config,
      file,
      vault: options.vault,
      mailer,
      baseUrl: options.baseUrl,
      slots: options.slots,
      log: (level, message) => log(level, message),
    });
    ends.push(() => exports.close(0));
    const unready = async (): Promise<readonly string[]> => (stopping ? ["The service is stopping."] : unwell(control));
    const app = await makeApp(
      { control, orgs, signIn, mailer, desk: exports.desk, version: version(), unready },
      options,
    );
    const log = (level: "info" | "warn" | "error", message: string): void => app.log[level](message);
    ends.push(() => closing.abort(failure("stopping", "The service is stopping.")));
    ends.push(async () => {
      await Promise.all([exports.finish(options.grace), within(options.grace, app.close())]);
      app.server.closeAllConnections();
    });
    await exports.start();
    ends.push(startChores({ exports: exports.parts, warn: (message) => log("warn", message), signal: closing.signal }));
    await listen(app, options);
    const { address, port, family } = app.server.address() as AddressInfo;
    const path = await firstLink(control);
    return {
      address: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
      firstLink: path === null ? null : options.baseUrl.replace(/\/$/, "") + path,
      stop: () => (stopped ??= stop()),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function unwell(control: Control): Promise<readonly string[]> {
  try {
    await control.ping();
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** @throws failure `port-in-use`, `port` */
async function listen(
  app: { listen(where: { host: string; port: number }): Promise<string> },
  { host, port }: ServeOptions,
): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      const hint = "Stop what listens there, or choose another with --port.";
      throw failure("port-in-use", `Another program listens at port ${port}.`, { hint });
    }
    const hint = "Look at --host and --port: ports below 1024 need rights.";
    throw failure("port", `Waybill cannot listen at ${host}, port ${port} (${code}).`, { hint });
  }
}

async function within(milliseconds: number, task: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  try {
    await Promise.race([task, promise]);
  } finally {
    clearTimeout(timer);
  }
}
