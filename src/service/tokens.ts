// API tokens: one's own, and for administrators those of all members.
import { TOKENS } from "../control/lists/lists.ts";
import * as kept from "../control/queries/tokens.ts";
import * as tokens from "../identity/tokens.ts";
import { notFound } from "./errors.ts";
import { answer, type ListAnswer, type ListQuery } from "./lists.ts";
import { audit, mustMay, type OrgCall } from "./org-call.ts";

/** One's own, or everybody's for an administrator. */
export async function listTokens(
  call: OrgCall,
  everybodys: boolean,
  query: ListQuery = {},
): Promise<ListAnswer<kept.ShownToken>> {
  const { id } = call.access.identity.person;
  mustMay(call, "tokens.manage", everybodys ? {} : { owner: id });
  return answer(call, TOKENS, query, { everybodys }, (page) =>
    kept.listTokens(call.access.at, everybodys ? null : id, page),
  );
}

/** Makes a token for the caller, which is shown once. @throws usageError `token-name` and others, with places */
export function createToken(
  call: OrgCall,
  request: Omit<tokens.TokenRequest, "person">,
): Promise<{ readonly token: string; readonly kept: kept.ShownToken }> {
  const { id } = call.access.identity.person;
  mustMay(call, "tokens.manage", { owner: id });
  return tokens.createToken(call.access.at, { ...request, person: id });
}

/** Ends a token at once. */
export async function revokeToken(call: OrgCall, token: string): Promise<void> {
  const { at, identity, isAdmin } = call.access;
  mustMay(call, "tokens.manage", { owner: identity.person.id });
  if (!(await kept.revokeToken(at, token, isAdmin ? null : identity.person.id))) throw notFound("token");
  await audit(call, "token.revoke", { kind: "token", id: token });
}
