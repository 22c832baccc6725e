// What MariaDB, MySQL and the network say, in plain words. The one place that reads their codes.
import { failure, WaybillError } from "../../lib/errors.ts";

/** An error packet of the server. */
export class ServerError extends Error {
  readonly errno: number;
  constructor(errno: number, message: string) {
    super(message);
    this.errno = errno;
  }
}

/** What the mariadb package's errors hold. */
interface ClientError {
  readonly errno?: number;
  readonly code?: string;
  /** The server's own message; `message` has the statement in it. */
  readonly sqlMessage?: string;
  readonly message?: string;
}

/** Turns an error of a connection or a statement into one for people; `label` names the source without its password. */
export function translateError(error: unknown, label: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const { errno = 0, code = "", sqlMessage, message = String(error) } = error as ClientError;
  const said = sqlMessage ?? message;
  const translate = BY_NUMBER.get(errno) ?? BY_CODE[code];
  if (translate !== undefined) return translate(label, said, error);
  if (/certificate/i.test(said)) return unsafe(label, said, error);
  if (LOST.test(`${code} ${said}`)) return lost(label, said, error);
  return failure("source-refused", `${label} refused: ${sentence(said)}`, { cause: error });
}

/** The server's own message, without the statement that the mariadb package puts beside it. */
export function messageOf(error: unknown): string {
  const { sqlMessage, message = String(error) } = error as ClientError;
  return sqlMessage ?? message;
}

type Translate = (label: string, message: string, cause: unknown) => WaybillError;

const unreachable: Translate = (label, _message, cause) =>
  failure("source-unreachable", `Cannot reach ${label}.`, {
    hint: "Check the host and port, and that the server is running.",
    cause,
  });

const lost: Translate = (label, _message, cause) =>
  failure("source-lost", `The connection to ${label} was lost.`, {
    hint: "Look at the server's log, and run the export again.",
    cause,
  });

const notSignedIn: Translate = (label, message, cause) =>
  failure("source-sign-in", `${label} did not accept the sign-in: ${sentence(message)}`, {
    hint: "Check the user name and password in the source URL.",
    cause,
  });

const changed: Translate = (label, message, cause) =>
  failure("source-changed", `${label} has changed since it was read: ${sentence(message)}`, {
    hint: "Run the export again.",
    cause,
  });

const rightMissing: Translate = (label, message, cause) =>
  failure("source-right-missing", `${label} does not allow this: ${sentence(message)}`, {
    hint: "Grant SELECT to the user of the source URL.",
    cause,
  });

const busy: Translate = (label, _message, cause) =>
  failure("source-busy", `${label} has no connection left.`, { hint: "Try again later.", cause });

const tookTooLong: Translate = (label, _message, cause) =>
  failure("source-timeout", `${label} stopped the statement because it took longer than is allowed.`, {
    hint: "Ask for fewer records, or raise the server's limit on statements for this user.",
    cause,
  });

const unsafe: Translate = (label, message, cause) =>
  failure(
    "source-unreachable",
    `${label} gives no connection that is safe: ${sentence(message.replace(/^.*Error: /, ""))}`,
    {
      hint: "Check ssl-mode and ssl-ca in the source URL.",
      cause,
    },
  );

const BY_NUMBER: ReadonlyMap<number, Translate> = new Map<number, Translate>([
  [1045, notSignedIn],
  [1698, notSignedIn],
  [1044, rightMissing],
  [1142, rightMissing],
  [1143, rightMissing],
  [1370, rightMissing],
  [1356, rightMissing],
  [
    1049,
    (label, message, cause) =>
      failure("source-unreachable", `${label} has no such database: ${sentence(message)}`, {
        hint: "Check the last part of the source URL.",
        cause,
      }),
  ],
  [1054, changed],
  [1146, changed],
  // The table was altered after the snapshot was taken.
  [1412, changed],
  [1040, busy],
  [1203, busy],
  [1226, busy],
  [1969, tookTooLong],
  [3024, tookTooLong],
  [
    1317,
    (label, _message, cause) =>
      failure("source-timeout", `${label} stopped the statement: somebody cancelled it.`, { cause }),
  ],
  [
    1021,
    (label, _message, cause) =>
      failure("source-refused", `${label} has no disk space left to sort the rows.`, { cause }),
  ],
  [1053, lost],
  [1927, lost],
]);

const BY_CODE: Readonly<Record<string, Translate | undefined>> = {
  ECONNREFUSED: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ENOENT: unreachable,
  ER_CONNECTION_TIMEOUT: unreachable,
  ER_SERVER_SSL_DISABLED: unsafe,
  ER_SERVER_NOT_SUPPORT_SSL: unsafe,
  SELF_SIGNED_CERT_IN_CHAIN: unsafe,
  DEPTH_ZERO_SELF_SIGNED_CERT: unsafe,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unsafe,
  ERR_TLS_CERT_ALTNAME_INVALID: unsafe,
  CERT_HAS_EXPIRED: unsafe,
};

const LOST =
  /SOCKET_UNEXPECTED_CLOSE|CMD_CONNECTION_CLOSED|CLOSING|ECONNRESET|EPIPE|socket has unexpectedly|socket hang up|connection closed/i;

/** The server's own message as the end of a sentence. */
function sentence(message: string): string {
  const line = message.split("\n", 1)[0] ?? "";
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
