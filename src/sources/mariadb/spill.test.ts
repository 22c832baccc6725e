import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { expect, it } from "vitest";
import { Spill } from "./spill.ts";

async function contentOf(spill: Spill): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let chunk = await spill.read(); chunk !== null; chunk = await spill.read()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

it.each([0, 1, 4 << 20, (4 << 20) + 1, (9 << 20) + 12_345])("gives back %d bytes", async (size) => {
  const bytes = Buffer.alloc(size, "every byte in its place, ");
  const spill = new Spill();
  for (let at = 0; at < size; at += 65_521) await spill.write(bytes.subarray(at, at + 65_521));
  await spill.end();
  expect((await contentOf(spill)).equals(bytes)).toBe(true);
  await spill.close();
  await spill.close();
});

it("has a file without a name, which holds nothing that can be read", async () => {
  const spill = new Spill();
  const word = Buffer.from("a word that nobody may read ");
  await spill.write(Buffer.alloc(6 << 20, word));
  await spill.end();
  const files = readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      const path = `/proc/self/fd/${descriptor}`;
      return /waybill-.*\(deleted\)$/.test(readlinkSync(path)) ? [path] : [];
    } catch {
      return [];
    }
  });
  expect(files.length).toBe(1);
  const content = readFileSync(files[0]!);
  expect(content.length).toBeGreaterThan(6 << 20);
  expect(content.includes(word.subarray(0, 8))).toBe(false);
  await spill.close();
});
