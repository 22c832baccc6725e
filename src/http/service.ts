// What HTTP is served with: everything is made elsewhere (src/start) and handed in.
import type { Control } from "../control/open.ts";
import type { SignIn } from "../identity/sign-in.ts";
import type { Mailer } from "../mail/mailer.ts";
import type { ExportDesk } from "../service/exports/desk.ts";
import type { Orgs } from "../orgs/orgs.ts";

export interface Service {
  readonly control: Control;
  readonly orgs: Orgs;
  readonly signIn: SignIn;
  /** Null where no mail can be sent. */
  readonly mailer: Mailer | null;
  readonly desk: ExportDesk;
  /** The program's version. */
  readonly version: string;
  /** Why the service is not ready, in a sentence each; empty when it is. */
  readonly unready: () => Promise<readonly string[]>;
}

export interface HttpOptions {
  /** Where people find Waybill: `https://exports.example.org`, with a path when it is below one. */
  readonly baseUrl: string;
  /** Other origins (`https://app.example.org`) whose pages may use the API. */
  readonly origins: readonly string[];
  /** Addresses and networks of proxies whose `X-Forwarded-For` counts; none for no proxy. */
  readonly proxies: readonly string[];
  /** What `/metrics` asks for; null for this machine only. */
  readonly metricsToken: string | null;
  /** How long a document of GraphQL may take, in milliseconds; 30 seconds when absent. */
  readonly graphqlTimeLimit?: number;
  /** `silent` in tests. */
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
  /** Where log lines go; standard output when absent. */
  readonly logTo?: { write(line: string): void };
}
