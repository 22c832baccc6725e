// The published test vectors of age (C2SP/CCTV), for what is supported: binary files with X25519 recipients.
import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import * as vectors from "cctv-age";
import { describe, expect, it } from "vitest";
import { WaybillError } from "../../src/lib/errors.ts";
import { identitiesIn } from "../../src/vault/age-keys.ts";
import { unseal } from "../../src/vault/unsealing.ts";
import { readable } from "./in-memory.ts";

interface Vector {
  readonly name: string;
  readonly facts: ReadonlyMap<string, string>;
  readonly file: Buffer;
}

function vectorOf([name, content]: [string, Uint8Array]): Vector {
  const bytes = Buffer.from(content);
  const end = bytes.indexOf("\n\n");
  const lines = bytes.toString("utf8", 0, end).split("\n");
  const facts = new Map(lines.map((line) => line.split(": ", 2) as [string, string]));
  const file = bytes.subarray(end + 2);
  return { name, facts, file: facts.get("compressed") === "zlib" ? inflateSync(file) : file };
}

const all = Object.entries(vectors).map(vectorOf);
const supported = all.filter(
  ({ facts }) => !facts.has("armored") && !facts.has("passphrase") && !facts.get("identity")?.includes("-PQ-"),
);

/** How we tell the failures apart: a file that has changed is damaged, whichever part of it. */
const CODES: Readonly<Record<string, string>> = {
  "no match": "archive-key-missing",
  "header failure": "archive-damaged",
  "HMAC failure": "archive-damaged",
  "payload failure": "archive-damaged",
};

/** Vectors of which we give as little as of others, whose payload ends after the chunks before. */
const EARLIER: Readonly<Record<string, string>> = { stream_two_final_chunks_second: "stream_bad_tag_second_chunk" };

function payloadOf(name: string): string {
  return all.find((vector) => vector.name === name)!.facts.get("payload")!;
}

describe("test vectors", () => {
  it("are all there; armor, passphrases and post-quantum keys are out of scope", () => {
    expect([all.length, supported.length]).toEqual([143, 67]);
  });

  it.each(supported)("$name", async ({ name, facts, file }) => {
    const expected = facts.get("expect")!;
    const released: Buffer[] = [];
    let code: string | null = null;
    try {
      const identity = facts.get("identity");
      const identities = identity === undefined ? [] : identitiesIn(identity, "vector");
      const opened = await unseal(readable(file), identities, "vector");
      for await (const piece of opened.range(0, opened.size)) released.push(Buffer.from(piece));
    } catch (error) {
      if (!(error instanceof WaybillError)) throw error;
      ({ code } = error);
    }
    expect(code).toBe(expected === "success" ? null : CODES[expected]);
    // We notice some damage earlier than the vectors ask for: a cut end before anything is given, and a chunk that is
    // marked as the last too early before that chunk is given.
    const hash = createHash("sha256").update(Buffer.concat(released)).digest("hex");
    if (code === null || released.length > 0) expect(hash).toBe(payloadOf(EARLIER[name] ?? name));
  });
});
