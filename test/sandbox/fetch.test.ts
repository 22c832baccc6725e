// What scripts may fetch, from real servers on loopback.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lookup } from "../../src/sandbox/fetch.ts";
import { run } from "./run.ts";

/** What reached a server. */
interface Hit {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

const folder = mkdtempSync(join(tmpdir(), "waybill-sandbox-"));
const authorities = getCACertificates("default");
const hits: Hit[] = [];
const otherHits: string[] = [];
let server: Server;
let other: Server;
let secure: ReturnType<typeof createTlsServer>;
let at = "";
let port = 0;
let securePort = 0;

const listener: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    hits.push({
      line: `${request.method} ${request.url}`,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    });
    const { pathname } = new URL(request.url ?? "/", "http://a");
    if (pathname === "/away") {
      response.writeHead(302, { location: `http://127.0.0.2:${port}/secret`, "set-cookie": "a=b" }).end("gone");
    } else if (pathname === "/large") response.end(Buffer.alloc(2 ** 20 + 1, "a"));
    else if (pathname === "/full") response.end(Buffer.alloc(2 ** 20, "\0"));
    else if (pathname === "/endless") {
      const timer = setInterval(() => response.write("a"), 50);
      response.on("close", () => clearInterval(timer));
    } else if (pathname === "/silent") {
      // It never answers.
    } else if (pathname === "/broken") {
      response.writeHead(200, { "content-length": "100" }).write("half");
      setTimeout(() => response.destroy(), 50);
    } else if (pathname === "/headers") response.writeHead(200, { "x-long": "a".repeat(20_000) }).end();
    else if (pathname === "/upgrade") {
      response.writeHead(101, { connection: "upgrade", upgrade: "websocket" }).end();
    } else if (pathname === "/odd") {
      response.writeHead(418, ["__proto__", "a", "x-a", "b"]).end(Buffer.from([0x61, 0xff, 0, 0x62]));
    } else response.writeHead(200, { "content-type": "application/json" }).end('{"ok":"é\u2028"}');
  });
};

beforeAll(async () => {
  execFileSync(
    "openssl",
    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout key.pem -out cert.pem -subj /CN=secure.test -addext subjectAltName=DNS:secure.test".split(
      " ",
    ),
    { cwd: folder, stdio: "pipe" },
  );
  const cert = readFileSync(join(folder, "cert.pem"), "utf8");
  setDefaultCACertificates([...authorities, cert]);
  server = await listening(createServer(listener), 0, "127.0.0.1");
  ({ port } = server.address() as AddressInfo);
  // Another machine's service, as it were: the same port at another address.
  other = await listening(
    createServer((request, response) => {
      otherHits.push(request.url ?? "");
      response.end("secret");
    }),
    port,
    "127.0.0.2",
  );
  secure = await listening(
    createTlsServer({ key: readFileSync(join(folder, "key.pem")), cert }, listener),
    0,
    "127.0.0.1",
  );
  securePort = (secure.address() as AddressInfo).port;
  at = `http://127.0.0.1:${port}`;
});

afterAll(async () => {
  setDefaultCACertificates(authorities);
  for (const one of [server, other, secure]) {
    one.closeAllConnections();
    await new Promise((resolve) => one.close(resolve));
  }
  rmSync(folder, { recursive: true });
});

async function listening<S extends Server>(one: S, onPort: number, address: string): Promise<S> {
  await new Promise<void>((resolve) => one.listen(onPort, address, () => resolve()));
  return one;
}

/** Runs a script that may reach the server at 127.0.0.1. */
function reaching(source: string, more: Parameters<typeof run>[1] = {}): ReturnType<typeof run> {
  hits.length = 0;
  otherHits.length = 0;
  return run(`const at = ${JSON.stringify(at)};\n${source}`, {
    fetch: { hosts: [at], privateHosts: ["127.0.0.1"] },
    milliseconds: 10_000,
    ...more,
  });
}

describe("An allowed host", () => {
  test("is asked, and its answer is given", async () => {
    const { log, calls, outcome } = await reaching(`
      const answer = await fetch(at + "/a b?c=d#e", {
        method: "post", headers: { "X-Key": "k", "Content-Type": "text/plain" }, body: "é\\0",
      });
      log(answer.status, answer.ok, answer.headers["content-type"], (await answer.json()).ok, await answer.text());
    `);
    expect({ outcome, log, calls }).toEqual({
      outcome: "done",
      log: '200 true application/json é\u2028 {"ok":"é\u2028"}\n',
      calls: { fetch: 1, notify: 0 },
    });
    expect(hits).toHaveLength(1);
    expect(hits[0]).toMatchObject({ line: "POST /a%20b?c=d", body: "é\0" });
    expect(hits[0]?.headers).toEqual({
      "x-key": "k",
      "content-type": "text/plain",
      "accept-encoding": "identity",
      "user-agent": "Waybill-afterScript",
      "content-length": "3",
      host: `127.0.0.1:${port}`,
      connection: "close",
    });
  });

  test("may say anything: other statuses, bytes that are no text, odd headers", async () => {
    const { log } = await reaching(`
      const answer = await fetch(at + "/odd");
      log(answer.status, answer.ok, answer.headers["x-a"], Object.getPrototypeOf(answer.headers) === Object.prototype, JSON.stringify(await answer.text()));
    `);
    expect(log).toBe('418 false b true "a�\\u0000b"\n');
  });

  test("gives a redirect, which is not followed, and no cookies", async () => {
    const { log } = await reaching(`
      const answer = await fetch(at + "/away");
      log(answer.status, answer.headers.location, "set-cookie" in answer.headers, await answer.text());
      await fetch(answer.headers.location).catch((error) => log(error.message));
      await fetch(at + "/");
    `);
    expect(log).toBe(
      `302 http://127.0.0.2:${port}/secret false gone\n` +
        `waybill: fetch: http://127.0.0.2:${port} is not an allowed host.\n` +
        `http://127.0.0.2:${port} is not an allowed host.\n`,
    );
    expect(hits.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
    expect(otherHits).toEqual([]);
  });

  test("is asked ten times, at once too", async () => {
    const { log, calls } = await reaching(`
      const all = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => fetch(at + "/" + i)));
      log(all.filter(({ status }) => status === "fulfilled").length, all[10].reason.message);
    `);
    expect(log).toBe("10 There were too many calls of fetch.\n");
    expect(calls.fetch).toBe(10);
    expect(hits).toHaveLength(10);
  });

  test("may send and be sent 1 MiB, whatever it is", async () => {
    const { log, outcome } = await reaching(`
      const answer = await fetch(at + "/full", { method: "PUT", body: "\\0".repeat(2 ** 20) });
      const text = await answer.text();
      log(text.length, text[5] === "\\0");
    `);
    expect({ outcome, log }).toEqual({ outcome: "done", log: "1048576 true\n" });
    expect(hits[0]?.body).toHaveLength(2 ** 20);
  });

  test.each([
    ["/large", "The answer has more than 1 MiB."],
    ["/broken", "could not be reached, or broke off (ECONNRESET)."],
    ["/headers", "could not be reached, or broke off (HPE_HEADER_OVERFLOW)."],
    ["/upgrade", "could not be reached, or broke off (ECONNRESET)."],
  ])("%s is an error", async (path, message) => {
    const { log, error } = await reaching(`await fetch(at + ${JSON.stringify(path)})`);
    expect(error?.message).toContain(message);
    expect(log).toContain(message);
  });

  test.each(["/silent", "/endless"])("%s has five seconds", async (path) => {
    const { error, milliseconds } = await reaching(`await fetch(at + ${JSON.stringify(path)})`);
    expect(error?.message).toBe(`127.0.0.1:${port} did not answer within 5 seconds.`);
    expect(milliseconds).toBeGreaterThan(4500);
    expect(milliseconds).toBeLessThan(7500);
  });

  test("is left alone once the script's time is over", async () => {
    const begun = performance.now();
    const { outcome, error } = await reaching(`await fetch(at + "/silent")`, { milliseconds: 500 });
    expect({ outcome, error }).toEqual({
      outcome: "timeout",
      error: { name: "TimeoutError", message: "The script took more than 0.5 seconds." },
    });
    expect(performance.now() - begun).toBeLessThan(3000);
    await expect
      .poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count))), { timeout: 3000 })
      .toBe(0);
  });
});

describe("Over https", () => {
  const lookup: Lookup = async () => [{ address: "127.0.0.1", family: 4 }];
  const source = (): string => `log((await fetch("https://secure.test:${securePort}/")).status)`;
  const toSecure = (name: string) => ({
    fetch: { hosts: [`${name}:${securePort}`], privateHosts: [name] },
    lookup,
  });

  test("a host with the right certificate is reached", async () => {
    const { log } = await reaching(source(), toSecure("secure.test"));
    expect(log).toBe("200\n");
  });

  test("one with another's is not, whatever the environment says", async () => {
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
    try {
      const { error } = await reaching(source().replace("secure.test", "other.test"), toSecure("other.test"));
      expect(error?.message).toContain("ERR_TLS_CERT_ALTNAME_INVALID");
      expect(hits).toEqual([]);
    } finally {
      delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"];
    }
  });
});

describe("Names", () => {
  /** A name server that gives one answer after the other, then the last one. */
  function changing(...answers: readonly string[][]): { readonly lookup: Lookup; readonly asked: string[] } {
    const asked: string[] = [];
    const lookup: Lookup = async (name) => {
      const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(name);
      return addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    };
    return { lookup, asked };
  }
  const rebinding = (lookup: Lookup) => ({
    fetch: { hosts: [`http://rebind.test:${port}`], privateHosts: ["127.0.0.1"] },
    lookup,
  });

  test("are looked up once a call, and the connection goes where that said", async () => {
    const { lookup, asked } = changing(["127.0.0.1"], ["127.0.0.2"]);
    const { log, outcome } = await reaching(
      `for (let i = 0; i < 2; i++) log((await fetch("http://rebind.test:${port}/")).status)`,
      rebinding(lookup),
    );
    expect(outcome).toBe("failed");
    expect(log).toBe("200\nwaybill: fetch: The host rebind.test is at an address that is not public.\n");
    expect(hits.map(({ headers }) => headers.host)).toEqual([`rebind.test:${port}`]);
    expect(otherHits).toEqual([]);
    expect(asked).toEqual(["rebind.test", "rebind.test"]);
  });

  test.each([
    [["127.0.0.1", "127.0.0.2"]],
    [["127.0.0.1", "169.254.169.254"]],
    [["::ffff:127.0.0.1"]],
    [["::ffff:7f00:1"]],
    [["::1"]],
    [["fe80::1%lo"]],
    [["0.0.0.0"]],
    [["10.0.0.1"]],
    [["not an address"]],
  ])("that are at %j are refused", async (addresses) => {
    const { error } = await reaching(
      `await fetch("http://rebind.test:${port}/")`,
      rebinding(changing(addresses).lookup),
    );
    expect(error?.message).toBe("The host rebind.test is at an address that is not public.");
    expect([...hits, ...otherHits]).toEqual([]);
  });

  test("that are nowhere, or whose server never answers, are errors", async () => {
    const nowhere = await reaching(`await fetch("http://rebind.test:${port}/")`, rebinding(changing([]).lookup));
    expect(nowhere.error?.message).toBe("The host rebind.test has no address.");
    const silent = await reaching(`await fetch("http://rebind.test:${port}/")`, {
      ...rebinding(() => new Promise(() => {})),
    });
    expect(silent.error?.message).toBe(`rebind.test:${port} did not answer within 5 seconds.`);
    const failing = await reaching(
      `await fetch("http://rebind.test:${port}/")`,
      rebinding(() => Promise.reject(Object.assign(new Error("getaddrinfo"), { code: "ENOTFOUND" }))),
    );
    expect(failing.error?.message).toBe(`rebind.test:${port} could not be reached, or broke off (ENOTFOUND).`);
  });

  test("of the system: localhost is private unless it is listed", async () => {
    const source = `log((await fetch("http://localhost:${port}/")).status)`;
    const hosts = [`http://localhost:${port}`];
    const refused = await reaching(source, { fetch: { hosts, privateHosts: [] } });
    expect(refused.error?.message).toBe("The host localhost is at an address that is not public.");
    const allowed = await reaching(source, { fetch: { hosts, privateHosts: ["localhost"] } });
    expect(allowed.log).toBe("200\n");
  });

  test("an address that is allowed but private is refused until it is listed as such", async () => {
    const { error } = await reaching(`await fetch(at)`, { fetch: { hosts: [at], privateHosts: [] } });
    expect(error?.message).toBe("The host 127.0.0.1 is at an address that is not public.");
    expect(hits).toEqual([]);
  });
});

describe("Refused before anything is sent", () => {
  const tricks = (): string[] => [
    `http://127.0.0.2:${port}/`,
    `http://127.0.0.1:${port + 1}/`,
    `https://127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}@127.0.0.2:${port}/`,
    `http://user@127.0.0.1:${port}/`,
    `http://:password@127.0.0.1:${port}/`,
    `http://127.0.0.2:${port}\\@127.0.0.1:${port}/`,
    `http://127.0.0.2:${port}#@127.0.0.1:${port}/`,
    `http://127.0.0.2:${port}?@127.0.0.1:${port}/`,
    `http://0x7f000002:${port}/`,
    `http://0177.0.0.2:${port}/`,
    `http://2130706434:${port}/`,
    `http://127.2:${port}/`,
    `http://0:${port}/`,
    `http://[::1]:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    `http://[::ffff:7f00:2]:${port}/`,
    `http://[fe80::1%25lo]:${port}/`,
    `http://localhost:${port}/`,
    `http://localtest.me:${port}/`,
    `http://127.0.0.1.nip.io:${port}/`,
    `http://①②⑦.⓪.⓪.②:${port}/`,
    `http://127。0。0。2:${port}/`,
    `//127.0.0.2:${port}/`,
    `file:///etc/passwd`,
    `data:text/plain,a`,
    `gopher://127.0.0.1:${port}/`,
    `javascript:1`,
    `http:127.0.0.2:${port}`,
    `http://127.0.0.1:${port}.evil.test/`,
    "http://169.254.169.254/latest/meta-data/",
    "/relative",
    "",
  ];

  test("URLs that mean another place than they seem to", async () => {
    for (let first = 0; first < tricks().length; first += 10) {
      const urls = tricks().slice(first, first + 10);
      const { log, outcome } = await reaching(
        `for (const url of ${JSON.stringify(urls)}) try { await fetch(url); log("reached " + url) } catch (error) { log("refused") }`,
      );
      expect(outcome).toBe("done");
      expect(log).not.toContain("reached");
      expect(log.match(/^refused$/gm)).toHaveLength(urls.length);
      expect(log.match(/^waybill: fetch: /gm)).toHaveLength(urls.length);
    }
    expect([...hits, ...otherHits]).toEqual([]);
  });

  test("the same address in other words is the same address", async () => {
    const { log } = await reaching(
      `for (const host of ["0x7f.1", "2130706433", "0177.0.0.1"]) log((await fetch("http://" + host + ":${port}/")).status)`,
    );
    expect(log).toBe("200\n200\n200\n");
    expect(hits.every(({ headers }) => headers.host === `127.0.0.1:${port}`)).toBe(true);
  });

  test.each([
    [`{ headers: { "X-A": "a\\r\\nX-B: b" } }`, "A header has characters that are not allowed in headers."],
    [`{ headers: { "X-A\\r\\nX-B": "b" } }`, "A header has characters that are not allowed in headers."],
    [`{ headers: { "X-A": "a\\nb" } }`, "A header has characters that are not allowed in headers."],
    [`{ headers: { "X-A": "\\0" } }`, "A header has characters that are not allowed in headers."],
    [`{ headers: { "X-A": "č\\u010d\\u010a" } }`, "A header has characters that are not allowed in headers."],
    [`{ headers: { "": "a" } }`, "A header has characters that are not allowed in headers."],
    [`{ headers: { Host: "169.254.169.254" } }`, "The header host may not be set."],
    [`{ headers: { "Transfer-Encoding": "chunked" } }`, "The header transfer-encoding may not be set."],
    [`{ headers: { "content-length": "0" } }`, "The header content-length may not be set."],
    [`{ headers: { Cookie: "a=b" } }`, "The header cookie may not be set."],
    [`{ headers: { "User-Agent": "a" } }`, "The header user-agent may not be set."],
    [`{ headers: { Upgrade: "h2c" } }`, "The header upgrade may not be set."],
    [`{ headers: { "Proxy-Authorization": "a" } }`, "The header proxy-authorization may not be set."],
    [`{ headers: { a: "1", A: "2" } }`, "The header a may not be set."],
    [`{ headers: { a: "x".repeat(20000) } }`, "Headers may have at most 16384 characters."],
    [`{ method: "CONNECT" }`, "The method CONNECT is not one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS."],
    [`{ method: "GET / HTTP/1.1" }`, "The method GET / HTTP/1.1 is not one of"],
    [`{ method: "x".repeat(30) }`, "A method may have at most 20 characters."],
    [`{ body: "a" }`, "A GET request has no body."],
    [`{ method: "POST", body: {} }`, "A body is text: use JSON.stringify for values."],
    [`{ method: "POST", body: "a".repeat(2 ** 20 + 1) }`, "A body may have at most 1048576 characters."],
    [`{ method: "POST", body: "é".repeat(2 ** 20) }`, "A body may have at most 1 MiB."],
  ])("%s", async (options, message) => {
    const { error } = await reaching(`await fetch(at, ${options})`);
    expect(error?.message).toContain(message);
    expect(hits).toEqual([]);
  });

  test("a URL without end", async () => {
    const { error } = await reaching(`await fetch(at + "/" + "a".repeat(9000))`);
    expect(error?.message).toBe("A URL may have at most 8192 characters.");
  });
});
