// The cookie of a session: its token and better-auth's signature of it.
import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The token in a cookie, where its signature is right; else null. Every request of the web app begins with it, so that it is
 * read here (in microseconds), and one statement tells the rest.
 * @param name of the cookie
 */
export function sessionToken(headers: Headers, name: string, secret: string): string | null {
  const cookie = (headers.get("cookie") ?? "").split(/; */).find((it) => it.startsWith(`${name}=`));
  if (cookie === undefined) return null;
  const value = decoded(cookie.slice(name.length + 1));
  const dot = value.lastIndexOf(".");
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const given = Buffer.from(value.slice(dot + 1), "base64");
  const right = createHmac("sha256", secret).update(token).digest();
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
