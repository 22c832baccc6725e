// Signing in and out: what better-auth answers below `/api/auth`, which the API's description does not hold.
import { BASE_PATH } from "../lib/base-path.ts";
import { ApiProblem, problemOf } from "./problem.ts";

/** @throws ApiProblem; its code is better-auth's: `INVALID_EMAIL_OR_PASSWORD` */
function post<Answered>(path: string, body: object): Promise<Answered> {
  const headers = { "content-type": "application/json" };
  return ask(path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function ask<Answered>(path: string, init: RequestInit): Promise<Answered> {
  let response: Response;
  try {
    response = await fetch(`${BASE_PATH}/api/auth/${path}`, init);
  } catch {
    throw new ApiProblem({ status: 0, code: "offline", detail: "", errors: [] });
  }
  if (!response.ok) throw await problemOf(response);
  return (await response.json()) as Answered;
}

/** @returns whether a second factor is wanted before one is signed in */
export async function signIn(email: string, password: string): Promise<{ readonly secondFactor: boolean }> {
  const answered = await post<{ twoFactorRedirect?: boolean }>("sign-in/email", { email, password });
  return { secondFactor: answered.twoFactorRedirect === true };
}

/** The second factor: six digits of the application, or one of the codes that were kept. */
export async function giveCode(code: string): Promise<void> {
  await (/^\d{6}$/.test(code)
    ? post("two-factor/verify-totp", { code })
    : post("two-factor/verify-backup-code", { code }));
}

export async function signOut(): Promise<void> {
  await post("sign-out", {});
}

/** Where the provider asks who one is. */
export async function providerAddress(providerId: string, next: string): Promise<string> {
  const callbackURL = `${BASE_PATH}${next}`;
  const errorCallbackURL = `${BASE_PATH}/sign-in`;
  const { url } = await post<{ url: string }>("sign-in/social", {
    provider: providerId,
    callbackURL,
    errorCallbackURL,
  });
  return url;
}

export async function askForPasswordLink(email: string): Promise<void> {
  await post("request-password-reset", { email });
}

export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await post("reset-password", { token, newPassword });
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await post("change-password", { currentPassword, newPassword, revokeOtherSessions: true });
}

/** Whether signing in takes a second factor. */
export async function hasSecondFactor(signal: AbortSignal): Promise<boolean> {
  const answered = await ask<{ user?: { twoFactorEnabled?: boolean | null } } | null>("get-session", { signal });
  return answered?.user?.twoFactorEnabled === true;
}

/** Begins a second factor: it counts once `confirmSecondFactor` was given a code. */
export function enableSecondFactor(
  password: string,
): Promise<{ readonly totpURI: string; readonly backupCodes: readonly string[] }> {
  return post("two-factor/enable", { password });
}

/** New codes, in place of those that were kept. */
export async function renewBackupCodes(password: string): Promise<readonly string[]> {
  const { backupCodes } = await post<{ backupCodes: readonly string[] }>("two-factor/generate-backup-codes", {
    password,
  });
  return backupCodes;
}

export async function confirmSecondFactor(code: string): Promise<void> {
  await post("two-factor/verify-totp", { code });
}

export async function disableSecondFactor(password: string): Promise<void> {
  await post("two-factor/disable", { password });
}
