// Configurations that are large enough to be remembered. How long 300 object types take is measured in bench/.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { largeConfiguration } from "../../bench/configuration.ts";
import { environment, read, refusalOf } from "./example.ts";

const large = largeConfiguration("sqlite:lab.db", 20);
const cache = await mkdtemp(join(tmpdir(), "waybill-cache-"));
const env = { ...environment, XDG_CACHE_HOME: cache };
afterAll(() => rm(cache, { recursive: true }));

test("is remembered for the next start, for nobody else and for this very text", async () => {
  const first = await read(large, env);
  const [name = ""] = await readdir(join(cache, "waybill"));
  const kept = join(cache, "waybill", name);
  expect((await stat(kept)).mode & 0o777).toBe(0o600);
  expect((await stat(join(cache, "waybill"))).mode & 0o777).toBe(0o700);
  const { objects } = first.orgs.get("lab")!;
  expect(objects.size).toBe(20);
  expect([...objects.values()].reduce((sum, { fields }) => sum + fields.size, 0)).toBe(1340);

  const second = await read(large, env);
  expect(second.orgs).toEqual(first.orgs);
  expect(second.place(["orgs", "lab", "objects", "object_0", "key"])).toMatchObject({ line: 11 });

  const renamed = large.replace("Measured value 66", "Another label");
  const label = (await read(renamed, env)).orgs.get("lab")!.objects.get("object_0")!.fields.get("field_66")!.label;
  expect(label).toMatchObject({ en: "Another label" });
  expect(await readdir(join(cache, "waybill"))).toEqual([name]);
});

test("is checked as if it were read when it is remembered, and read when that is damaged", async () => {
  await read(large, env);
  const [name = ""] = await readdir(join(cache, "waybill"));
  const kept = join(cache, "waybill", name);
  const text = await readFile(kept, "utf8");
  // Somebody else's hand: what is remembered says something that the file does not.
  await writeFile(kept, text.replace(`"source":"main"`, `"source":5`));
  expect((await read(large, env)).orgs.get("lab")!.objects.get("object_0")!.source).toBe("main");
  for (const damaged of ["", "x", text.slice(0, 1000)]) {
    await writeFile(kept, damaged);
    expect((await read(large, env)).orgs.get("lab")!.objects.size).toBe(20);
  }
  expect(await readFile(kept, "utf8")).toBe(text);
});

test("is read without being remembered where that cannot be", async () => {
  const noFolder = join(cache, "no-folder");
  await writeFile(noFolder, "");
  expect((await read(large, { ...env, XDG_CACHE_HOME: noFolder })).orgs.get("lab")!.objects.size).toBe(20);
  expect(await readFile(noFolder, "utf8")).toBe("");
});

test("is refused with all its places", async () => {
  const { places, message } = await refusalOf(large.replaceAll("label:", "lable:"), env);
  expect(message).toMatch(/:17:22: unknown key "lable" in lab.objects.object_0.fields.field_0\.$/);
  expect(places.at(-1)!.detail).toBe("There are 1320 problems more.");
});
