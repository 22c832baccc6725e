import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { sessionToken } from "./session-cookie.ts";

const signed = (token: string, secret = "k") =>
  `${token}.${createHmac("sha256", secret).update(token).digest("base64")}`;
const tokenIn = (cookie: string) => sessionToken(new Headers({ cookie }), "s", "k");

test("a token that is signed is taken, however its cookie is written", () => {
  const value = encodeURIComponent(signed("abc"));
  for (const cookie of [`s=${value}`, `a=b; s=${value}; c=d`, `s=${signed("abc")}`])
    expect(tokenIn(cookie)).toBe("abc");
});

test("anything else is none", () => {
  const [, signature] = signed("abc").split(".");
  const wrong = [
    "",
    "s=",
    "s=.",
    `s=.${signature}`,
    "s=abc",
    "s=abc.",
    `s=abd.${signature}`,
    `x=${signed("abc")}`,
    "s=%",
    "s=%E0%A4",
  ];
  wrong.push(`s=${signed("abc", "other")}`, `s=abc.${signature!.slice(4)}`, `ss=${signed("abc")}`);
  for (const cookie of wrong) expect([cookie, tokenIn(cookie)]).toEqual([cookie, null]);
});
