// API tokens: `wb_<org>_<48 hexadecimal digits>`, shown once.
import { BlockList, isIP } from "node:net";
import { atOnce, inOrg, type InOrg } from "../control/in-org.ts";
import type { Control } from "../control/open.ts";
import { addAudit } from "../control/queries/audit.ts";
import { addToken, findToken, type ShownToken, touchToken, type UsedToken } from "../control/queries/tokens.ts";
import { inputError } from "../lib/errors.ts";
import { sentence } from "../lib/sentence.ts";
import { newSecret, secretHash } from "./secrets.ts";

/**
 * What a token may be used for, of what its person may do: `query` runs persisted queries and nothing else; `read` sees
 * object types, records, batches, templates and exports; `export` makes batches and exports and downloads them; `templates` changes templates; `admin` manages namespaces,
 * members and the org.
 */
export const SCOPES = ["query", "read", "export", "templates", "admin"] as const;
export type Scope = (typeof SCOPES)[number];

const FORM = /^wb_([A-Za-z0-9][A-Za-z0-9_-]{0,62})_[0-9a-f]{48}$/;
const MOST_ADDRESSES = 100;

export interface TokenRequest {
  readonly person: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Addresses and networks (`192.0.2.7`, `2001:db8::/32`) that it may be used from; none for everywhere. */
  readonly addresses: readonly string[];
  /** Null for never. */
  readonly expiresAt: Date | null;
}

/**
 * Makes a token for a member.
 * @returns the token itself, which nobody can show again, and what is kept of it
 * @throws usageError `token-scope`, `token-address`, `token-expiry`, `token-name`, with places
 */
export async function createToken(at: InOrg, request: TokenRequest): Promise<{ token: string; kept: ShownToken }> {
  check(request);
  const token = `wb_${at.org}_${newSecret()}`;
  const scopes = SCOPES.filter((scope) => request.scopes.includes(scope));
  const kept = await atOnce(at, async (within) => {
    const added = await addToken(within, { ...request, name: request.name.trim(), scopes, hash: secretHash(token) });
    const details = { name: added.name, scopes, expiresAt: added.expiresAt };
    await addAudit(within, {
      action: "token.create",
      person: request.person,
      subjectKind: "token",
      subject: added.id,
      details,
    });
    return added;
  });
  return { token, kept };
}

function check({ name, scopes, addresses, expiresAt }: TokenRequest): void {
  if (name.trim() === "" || name.length > 100) {
    throw inputError(
      "token-name",
      "/name",
      sentence`A token has a name of 1 to 100 characters.`,
      sentence`Name what it is for.`,
    );
  }
  const known: readonly string[] = SCOPES;
  const strange = scopes.findIndex((scope) => !known.includes(scope));
  if (scopes.length === 0 || strange >= 0) {
    const what = strange < 0 ? sentence`A token needs a scope.` : sentence`There is no scope "${scopes[strange]!}".`;
    throw inputError(
      "token-scope",
      strange < 0 ? "/scopes" : `/scopes/${strange}`,
      what,
      sentence`Scopes are ${SCOPES.join(", ")}.`,
    );
  }
  const wrong = addresses.findIndex((address) => networkOf(address) === null);
  if (wrong >= 0 || addresses.length > MOST_ADDRESSES) {
    const what =
      wrong < 0 ? sentence`These are too many addresses.` : sentence`"${addresses[wrong]!}" is no address or network.`;
    const hint = sentence`Write up to ${MOST_ADDRESSES}, as 192.0.2.7 or 2001:db8::/32.`;
    throw inputError("token-address", wrong < 0 ? "/addresses" : `/addresses/${wrong}`, what, hint);
  }
  if (expiresAt !== null && !(expiresAt.getTime() > Date.now())) {
    throw inputError(
      "token-expiry",
      "/expiresAt",
      sentence`A token cannot expire in the past.`,
      sentence`Name a later time.`,
    );
  }
}

/** The org that a token says it is for; null for what is no token. */
export function orgOfToken(token: string): string | null {
  return FORM.exec(token)?.[1] ?? null;
}

/** That a token was used is remembered to the minute, in milliseconds: not every call writes. */
const REMEMBERED = 60_000;

/** The valid token with this text that may be used from an address; null for any other. */
export async function useToken(
  { db }: Control,
  token: string,
  address: string,
): Promise<(UsedToken & { readonly org: string }) | null> {
  const org = orgOfToken(token);
  if (org === null) return null;
  const used = await useTokenBy(inOrg(db, org), { hash: secretHash(token) }, address);
  return used === null ? null : { ...used, org };
}

/** The same for one that is known otherwise than by its text. */
export async function useTokenBy(
  at: InOrg,
  by: Parameters<typeof findToken>[1],
  address: string,
): Promise<UsedToken | null> {
  const used = await findToken(at, by);
  if (used === undefined || !isAllowed(used.addresses, address)) return null;
  if (used.lastUsedAt === null || Date.now() - used.lastUsedAt.getTime() > REMEMBERED) await touchToken(at, used.id);
  return used;
}

/** Whether an address is in one of the networks; all are where none is named. */
export function isAllowed(networks: readonly string[], address: string): boolean {
  if (networks.length === 0) return true;
  const list = new BlockList();
  for (const network of networks) {
    const it = networkOf(network);
    if (it !== null) list.addSubnet(it.address, it.bits, it.family);
  }
  // Node shows IPv4 clients of a socket for both as ::ffff:192.0.2.7.
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  const version = isIP(plain);
  return version !== 0 && list.check(plain, version === 4 ? "ipv4" : "ipv6");
}

interface Network {
  readonly address: string;
  readonly bits: number;
  readonly family: "ipv4" | "ipv6";
}

function networkOf(text: string): Network | null {
  const [, address = "", bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  const length = bits === undefined ? most : Number(bits);
  // Scoped addresses (fe80::1%eth0) mean something on one machine only.
  if (version === 0 || length > most || address.includes("%")) return null;
  return { address, bits: length, family: version === 4 ? "ipv4" : "ipv6" };
}
