// An interpreter whose owner was killed ends, even in a loop that nothing can interrupt.
import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readMessage } from "../../src/sandbox/messages.ts";

test("a killed owner leaves nothing behind", async () => {
  const entry = fileURLToPath(new URL("run.ts", import.meta.url));
  const code = `const { run } = await import(${JSON.stringify(entry)});
    await run("Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)", { milliseconds: 60_000 });`;
  const owner = spawn(process.execPath, ["--input-type=module", "--eval", code], { stdio: "ignore" });
  const interpreters = (): string[] => {
    const all = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
    return all.filter((line) => line.includes("sandbox/interpreter.ts"));
  };
  const ofOwner = (): string | undefined =>
    interpreters().find((line) => line.trim().split(/\s+/)[1] === String(owner.pid));
  await expect.poll(ofOwner, { timeout: 20_000 }).toBeDefined();
  const [pid] = ofOwner()!.trim().split(/\s+/);
  const isLeft = (): boolean => interpreters().some((line) => line.trim().split(/\s+/)[0] === pid);
  // Until it is deep in its loop.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(isLeft()).toBe(true);
  owner.kill("SIGKILL");
  await expect.poll(isLeft, { timeout: 5000 }).toBe(false);
});

test.each([
  "",
  "{",
  "null",
  '{"ready":false}',
  '{"ready":true,"more":1}',
  '{"log":1}',
  '{"call":0,"notify":{"subject":"a","text":"b"}}',
  '{"call":1,"notify":{"subject":"a"}}',
  '{"call":1,"fetch":{"url":"a","method":"GET","headers":{},"body":null}}',
  '{"call":1,"fetch":{"url":"a","method":"GET","headers":[["a","b","c"]],"body":null}}',
  '{"call":1,"exec":"rm"}',
  '{"end":"ready","error":null}',
  `{"end":"failed","error":{"name":"a","message":"${"x".repeat(2000)}","line":null,"column":null}}`,
  '{"end":"failed","error":{"name":"a","message":"b","line":0,"column":null}}',
])("the owner believes no %j", (line) => {
  expect(readMessage(line)).toBeNull();
});
