// kill -9 while archives are written, and several processes that start at once.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { storeAt } from "../../src/vault/store-at.ts";
import { openVault } from "../../src/vault/vault.ts";
import { killRounds, startWriter } from "./killing.ts";
import { bucketPlace, folderPlace } from "./places.ts";
import { names } from "./store-suite.ts";

const PLACES = [
  ["a folder", async () => folderPlace()],
  ["a bucket", bucketPlace],
] as const;

describe.each(PLACES)("in %s", (_name, placeOf) => {
  it("a kill leaves whole archives only, and nothing after the next start", { timeout: 120_000 }, async () => {
    const place = await placeOf();
    try {
      const { archives } = await killRounds(place, 5);
      expect(archives).toBeGreaterThan(0);
    } finally {
      await place.stop();
    }
  });

  it("of many that start at once all use one key", { timeout: 60_000 }, async () => {
    const place = await placeOf();
    try {
      const writers = Array.from({ length: 6 }, (_, n) => startWriter(place, `w${n}`, 1));
      const written = (await Promise.all(writers.map(({ ended }) => ended))).flat();
      expect(written.toSorted()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `w${n}-0.age`));
      expect(readdirSync(place.keys)).toEqual(["identity.txt"]);
      expect(statSync(join(place.keys, "identity.txt")).mode & 0o777).toBe(0o600);
      const vault = await openVault(await storeAt(place.url), place.keys);
      expect(await names(vault)).toEqual(written.toSorted());
      for (const name of written) await (await vault.open(name)).close();
      expect(await place.leftovers()).toEqual([]);
      await vault.close();
    } finally {
      await place.stop();
    }
  });
});
