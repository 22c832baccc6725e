// Stores of files that fail: a file is without its checksum then, and everything else is answered.
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { OrgConfig } from "../../src/config/config.ts";
import { aWorld, type World } from "../setup/service.ts";
import type { Answered } from "./asking.ts";

const FILES = 12;
const SECRETS = { AWS_ACCESS_KEY_ID: "AKIAOFNOBODY", AWS_SECRET_ACCESS_KEY: "hush-hush-hush" };

let world: World;
let token: string;
let folder: string;
beforeAll(async () => {
  for (const [name, value] of Object.entries(SECRETS)) vi.stubEnv(name, value);
  world = await aWorld("pglite");
  token = await world.token("guest");
  const { config } = await world.orgs.open("lab");
  folder = config.sources.get("store")!.url.slice("dir:".length);
  using database = new DatabaseSync(join(folder, "lab.db"));
  database.exec("UPDATE papers SET size = NULL");
  const insert = database.prepare("INSERT INTO papers VALUES (?, 2, ?, ?, NULL)");
  for (let n = 0; n < FILES; n++) insert.run(100 + n, `p${n}.txt`, `kept/in-${n}`);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

type Asked = Answered & { readonly text: string };

/** Asks where the store is another one. */
async function asked(url: string, query: string): Promise<Asked> {
  return (await askingAt(url))(query);
}

async function askingAt(url: string): Promise<(query: string) => Promise<Asked>> {
  const change = (its: OrgConfig): OrgConfig => ({
    ...its,
    sources: new Map([...its.sources].map(([name, it]) => [name, name === "store" ? { ...it, url } : it])),
  });
  const { app } = await world.reconfigured(change);
  return async (query) => {
    const answer = await app.inject({
      method: "POST",
      url: "/lab/graphql",
      headers: { authorization: `Bearer ${token}` },
      payload: { query },
    });
    return { ...answer.json<Answered>(), status: answer.statusCode, text: answer.body };
  };
}

const QUERY = `{
  samples(first: 2) {
    nodes { name papers { nodes { name sha256 } hasMore } scans { nodes { name sha256 } } }
    totalCount
  }
  projects { nodes { name } }
}`;

const SCAN = createHash("sha256").update(Buffer.from("89504e470d0a1a0a", "hex")).digest("hex");
const PAPERS = Array.from({ length: FILES }, (_, n) => ({ name: `p${n}.txt`, sha256: null }));

/** That everything but the checksums is answered, and what is said of each file tells nothing that is nobody's business. */
async function expectProblems(url: string, ...details: readonly string[]): Promise<void> {
  expectOnly(await asked(url, QUERY), url, details);
}

function expectOnly({ status, errors, data, extensions, text }: Asked, url: string, details: readonly string[]): void {
  expect([status, errors]).toEqual([200, undefined]);
  expect(data).toEqual({
    samples: {
      nodes: [
        {
          name: "Alder",
          papers: { nodes: [{ name: "note.txt", sha256: null }], hasMore: false },
          scans: { nodes: [{ name: "scan.png", sha256: SCAN }] },
        },
        { name: "Birch", papers: { nodes: PAPERS, hasMore: false }, scans: { nodes: [] } },
      ],
      totalCount: 6,
    },
    projects: { nodes: [{ name: "Soil" }, { name: "North" }, { name: "Water" }] },
  });
  const problems = extensions!.problems as readonly { readonly count: number; readonly detail: string }[];
  expect(problems.map((it) => ({ ...it, count: 0 }))).toEqual(
    details.map((detail) => ({ object: "samples", field: "papers", count: 0, detail })),
  );
  expect(problems.reduce((sum, { count }) => sum + count, 0)).toBe(1 + FILES);
  const { hostname, port } = URL.parse(new URL(url).searchParams.get("endpoint") ?? "") ?? {};
  const never = [folder, "kept/", "in-1", "note-of-alder", "bucket-of-nobody", "below", hostname, port].concat(
    Object.values(SECRETS),
  );
  for (const secret of never) if (secret !== undefined && secret !== "") expect(text).not.toContain(secret);
  expect(text).not.toMatch(/\bat \S+:\d+|node_modules|\/src\/|E[A-Z]{4,}\b/);
}

const MISSING = "The file is not in its store.";
const FORBIDDEN = "The bucket does not let Waybill read the file (s3:GetObject), or does not tell that it is missing.";
const STORE = "The store that has the file cannot be used now.";

/** Root may read everything. */
async function withoutRights<T>(what: () => Promise<T>): Promise<T> {
  const uid = process.geteuid!();
  if (uid === 0) process.seteuid!(65_534);
  try {
    return await what();
  } finally {
    process.seteuid!(uid);
  }
}

describe("a folder", () => {
  test("that is gone, or is none", async () => {
    await expectProblems(`dir:${join(folder, "gone")}`, STORE);
    await expectProblems(`dir:${join(folder, "lab.db")}`, STORE);
    await expectProblems(`dir:${join(folder, "lab.db", "below")}`, STORE);
  });

  test("that may not be read, or whose files may not", async () => {
    const closed = mkdtempSync(join(tmpdir(), "waybill-closed-"));
    onTestFinished(() => rmSync(closed, { recursive: true }));
    for (const it of [closed, folder]) chmodSync(it, 0o755);
    writeFileSync(join(closed, "note-of-alder"), "", { mode: 0 });
    mkdirSync(join(closed, "kept"), { mode: 0 });
    for (const [root, ...details] of [
      [closed, "The file's rights, or those of its folder, do not allow Waybill to read it."],
      [join(closed, "kept", "below"), STORE],
    ] as const) {
      const ask = await askingAt(`dir:${root}`);
      const answer = await withoutRights(() => ask(QUERY));
      expectOnly(answer, `dir:${root}`, details);
      expect(answer.text).not.toContain(closed);
    }
  });

  test("without the files, or with something else in their places", async () => {
    await expectProblems(`dir:${dirname(folder)}`, MISSING);
  });
});

type Answering = (response: ServerResponse, n: number) => void;

/** The URL of a bucket whose server answers so. */
async function bucket(answering: Answering): Promise<string> {
  let n = 0;
  const server = createServer((_request, response) => answering(response, n++));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return at((server.address() as AddressInfo).port);
}

const at = (port: number): string => `s3://bucket-of-nobody/below?endpoint=http://127.0.0.1:${port}`;

const xml = (code: string): string =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>secret words</Message><BucketName>bucket-of-nobody</BucketName></Error>`;

describe("a bucket", () => {
  test.each<[string, number, string, string]>([
    ["500", 500, xml("InternalError"), "The bucket refused to give the file (InternalError, 500)."],
    ["503", 503, xml("SlowDown"), "The bucket refused to give the file (SlowDown, 503)."],
    ["403", 403, xml("AccessDenied"), FORBIDDEN],
    ["403 of bad credentials", 403, xml("SignatureDoesNotMatch"), STORE],
    ["404 of the bucket", 404, xml("NoSuchBucket"), STORE],
    ["404 of the file", 404, xml("NoSuchKey"), MISSING],
    ["500 without a body", 500, "", "The bucket refused to give the file (Unknown, 500)."],
    ["403 without a body", 403, "", FORBIDDEN],
    ["404 without a body", 404, "", MISSING],
    [
      "502 of a proxy",
      502,
      "<html>Bad gateway at 10.1.2.3</html>",
      "The bucket refused to give the file (Unknown, 502).",
    ],
    ["400 with text", 400, "bucket-of-nobody is no name", "The bucket refused to give the file (Error, 400)."],
    ["401", 401, "{}", "The bucket refused to give the file (Error, 401)."],
    ["200 that does not say how long it is", 200, "", "The bucket does not tell the file's size."],
    ["301", 301, "", "The connection to the bucket broke."],
    ["418 with a code of its own", 418, xml("in bucket-of-nobody"), "The bucket refused to give the file (418)."],
  ])("that answers %s", async (_, status, body, detail) => {
    const url = await bucket((response) => response.writeHead(status).end(body));
    await expectProblems(url, detail);
  });

  test("where nobody answers", async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    await expectProblems(at(port), "The connection to the bucket broke.");
  });

  test("that breaks off before an answer, or in the middle of one", async () => {
    await expectProblems(await bucket((response) => response.destroy()), "The connection to the bucket broke.");
    const cut = await bucket((response) => {
      response.writeHead(200, { "content-length": "1000" }).write("a beginning");
      setTimeout(() => response.destroy(), 5);
    });
    await expectProblems(cut, "The connection to the bucket broke.");
  });

  test("that says something else than HTTP", async () => {
    const url = await bucket((response) => response.socket!.end("bucket-of-nobody has gone away\r\n\r\n"));
    await expectProblems(url, "The connection to the bucket broke.");
  });

  test("that never comes to an end is not waited for", async () => {
    const url = await bucket((response, n) => {
      if (n % 2 === 0) response.writeHead(200, { "content-length": "1000" }).write("a beginning");
    });
    await expectProblems(url, "The file could not be read in time.");
  });

  test("that has some of the files", async () => {
    const open = new Set<object>();
    const url = await bucket((response, n) => {
      const socket = response.socket!;
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      if (n % 2 === 0) response.writeHead(404).end();
      else response.writeHead(200, { "content-length": "5", etag: '"x"' }).end("hello");
    });
    const { status, errors, data, extensions } = await asked(url, QUERY);
    expect([status, errors]).toEqual([200, undefined]);
    const { samples } = data as { samples: { nodes: { papers: { nodes: { sha256: string | null }[] } }[] } };
    const sums = samples.nodes.flatMap(({ papers }) => papers.nodes.map(({ sha256 }) => sha256));
    expect(sums.filter((it) => it === null)).toHaveLength(7);
    const hello = createHash("sha256").update("hello").digest("hex");
    expect(new Set(sums)).toEqual(new Set([null, hello]));
    expect(extensions!.problems).toEqual([{ object: "samples", field: "papers", count: 7, detail: MISSING }]);
    // Nothing is kept open for nobody.
    await expect.poll(() => open.size).toBe(0);
  });

  test("is not asked for what need not be read", async () => {
    let asks = 0;
    const url = await bucket((response) => {
      asks++;
      response.destroy();
    });
    const { status, errors, data, extensions } = await asked(url, QUERY.replaceAll("sha256", "url"));
    expect([status, errors, extensions, asks]).toEqual([200, undefined, undefined, 0]);
    expect(JSON.stringify(data).match(/"url":"http/g)).toHaveLength(1 + FILES + 1);
  });
});
