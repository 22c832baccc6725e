// Single sign-on with an OpenID Connect provider (OpenID Connect Core 1.0), one for an org.
import type { GenericOAuthConfig } from "better-auth/plugins";
import type { Config, OidcConfig } from "../config/config.ts";
import { emailKey } from "../control/people.ts";

/** A provider as an org's configuration has it (`signIn.oidc`), and the org. */
export interface OidcProvider extends OidcConfig {
  readonly org: string;
  /** People are the same in all orgs: a provider that could name any address would open everybody's account. */
  readonly domains: readonly string[];
}

/** The providers of a configuration. */
export function providersOf({ orgs }: Pick<Config, "orgs">): readonly OidcProvider[] {
  return [...orgs.values()].flatMap(({ code, oidc }) => (oidc === null ? [] : [{ org: code, ...oidc }]));
}

/** What it is called in addresses: `/api/auth/callback/oidc-lab`. */
export function providerIdOf({ org }: Pick<OidcProvider, "org">): string {
  return `oidc-${org}`;
}

/** How long a provider may take to describe itself, in milliseconds. */
const PATIENCE = 5000;

/** Those that answer now: the others are asked again when somebody wants to sign in with them. */
export async function reachable(providers: readonly OidcProvider[]): Promise<readonly OidcProvider[]> {
  const answers = await Promise.all(
    providers.map(async (provider) => {
      try {
        const response = await fetch(discoveryUrl(provider), { signal: AbortSignal.timeout(PATIENCE) });
        await response.body?.cancel();
        return response.ok;
      } catch {
        return false;
      }
    }),
  );
  return providers.filter((_, n) => answers[n]);
}

/** The provider as better-auth wants it: with PKCE, a nonce, and tokens whose signature is checked. */
export function oauthConfig(provider: OidcProvider): GenericOAuthConfig {
  return {
    providerId: providerIdOf(provider),
    name: provider.name,
    discoveryUrl: discoveryUrl(provider),
    requireIdTokenVerification: true,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: ["openid", "email", "profile"],
    mapProfileToUser: ({ email, name }) => ({ name: typeof name === "string" && name !== "" ? name : (email ?? "") }),
  };
}

/** Why somebody whom a provider names may not come in by it; null for whoever may. */
export function refusalOf(
  { domains }: OidcProvider,
  { email, emailVerified }: { readonly email?: string | null; readonly emailVerified?: boolean },
): { readonly error: string; readonly errorDescription: string } | null {
  const address = emailKey(email ?? "");
  const domain = address.slice(address.lastIndexOf("@") + 1);
  if (!address.includes("@") || !domains.some((it) => it.toLowerCase() === domain)) {
    return { error: "domain_not_allowed", errorDescription: "This mail address may not sign in this way." };
  }
  if (emailVerified === true) return null;
  return { error: "email_not_verified", errorDescription: "The provider has not verified this mail address." };
}

function discoveryUrl({ issuer }: OidcProvider): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}
