// What `waybill token` does.
import { inOrg } from "../control/in-org.ts";
import { listPeople } from "../control/people.ts";
import { addAudit } from "../control/queries/audit.ts";
import { findMember } from "../control/queries/members.ts";
import * as kept from "../control/queries/tokens.ts";
import * as tokens from "../identity/tokens.ts";
import { addDuration, parseDuration } from "../lib/duration.ts";
import { usageError } from "../lib/errors.ts";
import { columns } from "./columns.ts";
import { orgOf, personNamed, timeText, withOpenControl } from "./control-options.ts";
import type { TokenCreateOptions, TokenListOptions } from "./token.ts";

/** @throws usageError `unknown-person`, `no-member`, `token-scope` and others */
export async function createToken(name: string, options: TokenCreateOptions): Promise<void> {
  const expiresAt = options.expires === undefined ? null : expiry(options.expires);
  const org = await orgOf(options, options.org);
  await withOpenControl(options, async (control) => {
    const at = inOrg(control.db, org);
    const person = await personNamed(control, options.user);
    if ((await findMember(at, person.id)) === undefined) {
      throw usageError("no-member", `${person.email} does not belong to ${org}.`, {
        hint: `waybill user add ${person.email} --org ${org} makes them a member.`,
      });
    }
    const scopes = options.scope.split(",").map((scope) => scope.trim());
    const request = { person: person.id, name, scopes, addresses: options.address ?? [], expiresAt };
    const { token, kept: made } = await tokens.createToken(at, request);
    const until = made.expiresAt === null ? "does not expire" : `works until ${timeText(made.expiresAt)}`;
    process.stderr.write(`This is the token; it cannot be shown again. It ${until}.\n`);
    process.stdout.write(`${token}\n`);
  });
}

/** @throws usageError `command-line` */
function expiry(text: string): Date {
  const duration = parseDuration(text);
  if (duration !== null) return addDuration(new Date(), duration);
  throw usageError("command-line", `--expires does not understand "${text}".`, {
    hint: "Write an ISO 8601 duration, as P90D or P1Y.",
  });
}

export async function listTokens(options: TokenListOptions): Promise<void> {
  const org = await orgOf(options, options.org);
  await withOpenControl(options, async (control) => {
    const person = options.user === undefined ? null : (await personNamed(control, options.user)).id;
    const emails = new Map((await listPeople(control.db)).map(({ id, email }) => [id, email]));
    const rows = (await kept.listTokens(inOrg(control.db, org), person)).map((token) => {
      return { ...token, person: emails.get(token.person) ?? token.person };
    });
    if (options.json === true) process.stdout.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    else if (rows.length === 0) process.stdout.write(`${org} has no tokens. waybill token create makes one.\n`);
    else process.stdout.write(columns(["Id", "Name", "User", "Scopes", "From", "Last used", "State"], rows.map(cells)));
  });
}

function cells(token: kept.ShownToken): readonly string[] {
  const { expiresAt, revokedAt } = token;
  const over = expiresAt !== null && expiresAt.getTime() <= Date.now();
  const until = expiresAt === null ? "valid" : `${over ? "expired" : "until"} ${timeText(expiresAt)}`;
  const state = revokedAt === null ? until : `revoked ${timeText(revokedAt)}`;
  const { id, name, person, scopes, addresses, lastUsedAt } = token;
  return [id, name, person, scopes.join(","), addresses.join(","), timeText(lastUsedAt), state];
}

/** @throws usageError `unknown-token` */
export async function revokeToken(id: string, options: TokenListOptions): Promise<void> {
  const org = await orgOf(options, options.org);
  await withOpenControl(options, async (control) => {
    const at = inOrg(control.db, org);
    const isId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
    if (!isId || !(await kept.revokeToken(at, id, null))) {
      throw usageError("unknown-token", `${org} has no valid token with this id.`, {
        hint: "waybill token list shows them with their ids.",
      });
    }
    await addAudit(at, { action: "token.revoke", subjectKind: "token", subject: id });
    process.stdout.write("The token is over.\n");
  });
}
