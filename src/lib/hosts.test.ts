import { describe, expect, test } from "vitest";
import { isAllowed, readHost } from "./hosts.ts";

const LISTED = [
  "example.org",
  "*.example.net",
  "http://intranet",
  "http://127.0.0.1:8080",
  "[2001:db8::1]:8443",
  "bücher.example",
  "not a host",
];
const hosts = LISTED.map(readHost).filter((host) => host !== null);
const allows = (url: string): boolean => isAllowed(new URL(url), hosts);

describe("hosts", () => {
  test.each([
    "https://example.org/a?b#c",
    "https://EXAMPLE.org:443/",
    "https://a.example.net/",
    "https://a.b.example.net/",
    "http://intranet/",
    "http://127.0.0.1:8080/",
    "http://0x7f.1:8080/",
    "https://[2001:db8:0:0::1]:8443/",
    "https://xn--bcher-kva.example/",
    "https://ＥＸＡＭＰＬＥ.org/",
  ])("%s is allowed", (url) => expect(allows(url)).toBe(true));

  test.each([
    "http://example.org/",
    "https://example.org:8443/",
    "https://example.org./",
    "https://www.example.org/",
    "https://example.org.evil.example/",
    "https://evilexample.org/",
    "https://example.net/",
    "https://evilexample.net/",
    "https://.example.net/",
    "https://a.example.net./",
    "https://intranet/",
    "http://intranet:8080/",
    "http://127.0.0.1/",
    "http://127.0.0.2:8080/",
    "https://еxample.org/",
    "https://exаmple.org/",
    "ftp://example.org/",
    "file://example.org/etc/passwd",
    "data:text/plain,example.org",
    "ws://example.org/",
  ])("%s is not", (url) => expect(allows(url)).toBe(false));

  test.each([
    "",
    "*",
    "*.",
    "*.*",
    "*.org.",
    "*.127.0.0.1",
    "*.1",
    "a.*.org",
    "example.org/path",
    "ftp://example.org",
    "user@example.org",
    "example.org?",
    "example.org#a",
    "exa mple.org",
    "example.org.",
    "a%2eb",
    "\\\\example.org",
  ])("%j is no host", (entry) => expect(readHost(entry)).toBeNull());
});
