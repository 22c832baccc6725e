// What a source URL of MariaDB or MySQL says: mysql://user:password@host:port/database?ssl-mode=…
import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { failure, usageError } from "../../lib/errors.ts";

/** Where to connect, and as whom. */
export interface Address {
  readonly host: string;
  readonly port: number;
  readonly socketPath?: string;
  readonly user: string;
  readonly password: string;
  /** Empty where the URL names none. */
  readonly database: string;
  readonly ssl: false | ConnectionOptions;
  /** Whether a password may be encrypted with a key that the server itself sends without TLS. */
  readonly allowPublicKeyRetrieval: boolean;
}

/** The parameters that are understood, as the programs of MariaDB and MySQL call their options. */
const PARAMETERS = ["ssl-mode", "ssl-ca", "ssl-cert", "ssl-key", "socket", "get-server-public-key"] as const;
type Parameter = (typeof PARAMETERS)[number];

/** How sure a connection has to be. */
const MODES = ["disabled", "required", "verify-ca", "verify-identity"];

/**
 * Reads a source URL, and the certificates that it names.
 * @throws usageError `source-url`; failure `source-certificate`
 */
export function readUrl(text: string, label: string): Address {
  const url = parsed(text);
  const parameters = new Map<Parameter, string>();
  for (const [name, value] of url.searchParams) {
    const known = PARAMETERS.find((it) => it === name.toLowerCase().replaceAll("_", "-"));
    if (known === undefined) {
      throw usageError("source-url", `The source URL has an unknown parameter "${name}".`, {
        hint: `It takes ${PARAMETERS.join(", ")}.`,
      });
    }
    parameters.set(known, value);
  }
  const socketPath = parameters.get("socket");
  return {
    host: decodeURIComponent(url.hostname).replace(/^\[|\]$/g, "") || "localhost",
    port: url.port === "" ? 3306 : Number(url.port),
    ...(socketPath === undefined ? {} : { socketPath }),
    user: decodeURIComponent(url.username) || "root",
    password: decodeURIComponent(url.password),
    database: databaseOf(url),
    ssl: sslOf(parameters, label),
    allowPublicKeyRetrieval: parameters.get("get-server-public-key") === "true",
  };
}

/** How a person is told of the source: without user and password. */
export function labelOf(text: string): string {
  const url = parsed(text);
  const name = databaseOf(url);
  const where = `${url.hostname || "localhost"}${url.port === "" ? "" : `:${url.port}`}`;
  return name === "" ? `MariaDB server on ${where}` : `MariaDB database "${name}" on ${where}`;
}

function parsed(text: string): URL {
  try {
    // Without the slashes everything would be the database's name, the password too.
    if (!/^(?:mysql|mariadb):\/\//i.test(text)) throw new Error("no slashes");
    const url = new URL(text);
    for (const part of [url.username, url.password, url.pathname, url.hostname]) decodeURIComponent(part);
    return url;
  } catch {
    throw usageError("source-url", "The MariaDB source URL cannot be read.", {
      hint: "Write mysql://user:password@host:3306/database, with special characters percent-encoded.",
    });
  }
}

function databaseOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1));
}

function sslOf(parameters: ReadonlyMap<Parameter, string>, label: string): false | ConnectionOptions {
  const read = (name: Parameter): Buffer | undefined => {
    const path = parameters.get(name);
    if (path === undefined) return undefined;
    try {
      return readFileSync(path);
    } catch (cause) {
      throw failure("source-certificate", `Cannot read "${path}", which the source URL of ${label} names.`, { cause });
    }
  };
  const [ca, cert, key] = [read("ssl-ca"), read("ssl-cert"), read("ssl-key")];
  const asked = parameters.get("ssl-mode")?.toLowerCase().replaceAll("_", "-");
  const mode = asked ?? (ca === undefined ? (cert === undefined ? "disabled" : "required") : "verify-identity");
  if (!MODES.includes(mode)) {
    throw usageError("source-url", `The source URL has an unknown ssl-mode "${mode}".`, {
      hint: `It is one of ${MODES.join(", ")}.`,
    });
  }
  if (mode === "disabled") return false;
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    rejectUnauthorized: mode.startsWith("verify"),
    ...(mode === "verify-ca" ? { checkServerIdentity: () => undefined } : {}),
  };
}
