// Archives and the age program: each opens what the other wrote.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identitiesIn, newIdentityFile, recipientOf, recipientsIn } from "../../src/vault/age-keys.ts";
import { toBech32 } from "../../src/vault/bech32.ts";
import { unseal } from "../../src/vault/unsealing.ts";
import { needed } from "../readers/programs.ts";
import { bytesOf, readable, sealedBytes } from "./in-memory.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waybill-age-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function age(args: readonly string[], input: Uint8Array = Buffer.alloc(0), program = "age"): Buffer {
  return execFileSync(needed(program), args, { input, maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "pipe"] });
}

/** An identity file of ours. */
function ownKey(name: string): { file: string; text: string } {
  const file = join(folder, name);
  const text = newIdentityFile(new Date("2024-05-01T12:34:56.789Z"));
  writeFileSync(file, text, { mode: 0o600 });
  return { file, text };
}

const SIZES = [0, 1, 65_535, 65_536, 65_537, 131_072, 3_000_000];

describe.each(SIZES)("%i bytes", (size) => {
  it("that we sealed are opened by age, with the key of each recipient", async () => {
    const [one, two] = [ownKey("one.txt"), ownKey("two.txt")];
    const plain = randomBytes(size);
    const to = [one, two].flatMap(({ text, file }) => identitiesIn(text, file).map((key) => key.recipient));
    for (const pieceSize of [1000, 65_536, 1 << 20]) {
      const sealed = await sealedBytes(plain, to, pieceSize);
      for (const { file } of [one, two]) expect(age(["-d", "-i", file], sealed).equals(plain)).toBe(true);
    }
  });

  it("that age wrote are opened by us, for a key of age-keygen's", async () => {
    const text = age([], undefined, "age-keygen").toString();
    const other = age([], undefined, "age-keygen").toString();
    const [theirs, another] = [text, other].map((key) => identitiesIn(key, "age-keygen")[0]!);
    const plain = randomBytes(size);
    const sealed = age(["-r", another!.recipient.text, "-r", theirs!.recipient.text], plain);
    for (const pieceSize of [1000, 65_552, 1 << 20]) {
      const file = await unseal(readable(sealed, pieceSize), [theirs!], "test");
      expect(file.size).toBe(size);
      expect((await bytesOf(file)).equals(plain)).toBe(true);
    }
  });
});

it("identity files are as age-keygen writes them", () => {
  const { file, text } = ownKey("own.txt");
  expect(text).toMatch(
    /^# created: 2024-05-01T12:34:56Z\n# public key: age1[a-z0-9]{58}\nAGE-SECRET-KEY-1[A-Z0-9]{58}\n$/,
  );
  const shown = age(["-y", file], undefined, "age-keygen").toString().trim();
  expect(text).toContain(`# public key: ${shown}\n`);
  expect(identitiesIn(text, file)[0]!.recipient.text).toBe(shown);
});

it("recipients files are read as age reads them", async () => {
  const keys = [ownKey("one.txt"), ownKey("two.txt")].map(({ text, file }) => identitiesIn(text, file)[0]!);
  const list = join(folder, "recipients.txt");
  writeFileSync(list, `# who may read\n\n${keys.map(({ recipient }) => recipient.text).join("\r\n")}\n`);
  expect(recipientsIn(readFileSync(list, "utf8"), list).map(({ text }) => text)).toEqual(
    keys.map(({ recipient }) => recipient.text),
  );
  const sealed = age(["-R", list], Buffer.from("for both"));
  for (const key of keys)
    expect((await bytesOf(await unseal(readable(sealed), [key], "test"))).toString()).toBe("for both");
});

describe("what is no recipient is refused without showing a secret", () => {
  const secret = identitiesOf();
  const good = secret.recipient;
  it.each([
    ["", /it does not begin with age1/],
    ["age1", /a character is wrong or missing/],
    [good.slice(0, -1), /a character is wrong or missing/],
    [good.replace(/.$/, (last) => (last === "q" ? "p" : "q")), /a character is wrong or missing/],
    [good.toUpperCase(), /it does not begin with age1/],
    [secret.identity, /it is a secret key/],
    [secret.identity.toLowerCase(), /it is a secret key/],
    ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ", /SSH keys are not supported/],
    [
      "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t",
      /keys of age plugins are not supported/,
    ],
    [toBech32("age1pq", Buffer.alloc(32)), /post-quantum keys are not supported/],
    [toBech32("age", Buffer.alloc(31)), /its key has 31 bytes, not 32/],
    // Zero is a point of low order.
    [toBech32("age", Buffer.alloc(32)), /everybody could decrypt what is encrypted to it/],
  ])("%s", (text, why) => {
    const refusal = thrownBy(() => recipientOf(text, "--recipient"));
    expect(refusal).toMatchObject({
      code: "recipient-not-suited",
      kind: "usage",
      message: expect.stringMatching(why) as string,
    });
    expect(refusal.message + refusal.stack).not.toContain(secret.identity);
  });
});

it("a damaged identity file is refused without showing it", () => {
  const { identity } = identitiesOf();
  const wrong = `# a comment\n\n${identity.slice(0, -1)}Q\n`;
  for (const [text, message] of [
    [wrong, 'Line 3 of the identity file "k.txt" is no age identity.'],
    ["# nothing\n", 'The identity file "k.txt" holds no identity.'],
    ["age1qqq", 'Line 1 of the identity file "k.txt" is no age identity.'],
  ] as const) {
    const refusal = thrownBy(() => identitiesIn(text, "k.txt"));
    expect(refusal).toMatchObject({ code: "key-damaged", message });
    expect(JSON.stringify(refusal) + String(refusal.stack)).not.toContain(identity.slice(0, -1));
  }
});

function identitiesOf(): { identity: string; recipient: string } {
  const text = newIdentityFile(new Date());
  return { identity: /AGE-SECRET-KEY-1\w+/.exec(text)![0], recipient: /age1\w+/.exec(text)![0] };
}

function thrownBy(what: () => unknown): Error {
  try {
    what();
  } catch (error) {
    return error as Error;
  }
  throw new Error("it threw nothing");
}
