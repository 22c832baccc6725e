// The hosts that scripts may reach, as they are listed.

/** A host that is allowed: a name with its port, over one protocol. */
export interface AllowedHost {
  readonly protocol: string;
  /** As the URL standard writes it: in lower case, IDN in punycode, addresses in their one form. */
  readonly name: string;
  /** Empty for the protocol's own. */
  readonly port: string;
  /** Whether any name below it is meant, instead of the name itself. */
  readonly anyBelow: boolean;
}

const ENTRY = /^(?:(https?):\/\/)?(\*\.)?([^\s/\\?#@*%]+)$/i;

/** Reads an entry (`example.org`, `*.example.org`, `http://intranet:8080`); null if it is none. Without a protocol, https is meant. */
export function readHost(entry: string): AllowedHost | null {
  const [, protocol = "https", anyBelow, rest = ""] = ENTRY.exec(entry) ?? [];
  const url = URL.parse(`${protocol}://${rest}`);
  // A pattern of addresses, or of a whole top level domain, is a mistake.
  if (url === null || url.hostname.endsWith(".")) return null;
  if (anyBelow !== undefined && !/^[^.]+(\.[^.]+)*\.[^.]*[a-z][^.]*$/.test(url.hostname)) return null;
  return { protocol: url.protocol, name: url.hostname, port: url.port, anyBelow: anyBelow !== undefined };
}

/** Whether a URL is at an allowed host, its port and protocol included. */
export function isAllowed(url: URL, hosts: readonly AllowedHost[]): boolean {
  return hosts.some(
    ({ protocol, name, port, anyBelow }) =>
      url.protocol === protocol &&
      url.port === port &&
      (anyBelow ? url.hostname.endsWith(`.${name}`) && !url.hostname.startsWith(".") : url.hostname === name),
  );
}
