// What scripts are given, and what is kept of them.
import { describe, expect, test } from "vitest";
import { failure } from "../../src/lib/errors.ts";
import { checkScript } from "../../src/sandbox/check-script.ts";
import { run } from "./run.ts";

describe("What a script is given", () => {
  test("the export's facts and no error when it succeeded", async () => {
    const { outcome, log, error } = await run(`
      const { export: job } = script.arguments;
      log(job.label, job.state, err, script.arguments.err, 12, [1, { a: undefined }], undefined);
    `);
    expect({ outcome, log, error }).toEqual({
      outcome: "done",
      log: "Soil samples ready null null 12 [1,{}] undefined\n",
      error: null,
    });
  });

  test("the fault when it failed", async () => {
    const facts = { export: { state: "error" }, err: { code: "source-lost", detail: "The database went away." } };
    const { log } = await run("if (err) log(`${err.code}: ${err.detail}`)", { facts });
    expect(log).toBe("source-lost: The database went away.\n");
  });

  test("facts of every shape that JSON has, unchanged", async () => {
    const odd = { __proto__: null, "a\0b": "\u2028\ud800 😀", constructor: 1, nested: [[null, 1e21, -0.5]], "": "" };
    const { log } = await run("log(JSON.stringify(script.arguments.export))", { facts: { export: odd, err: null } });
    expect(JSON.parse(log)).toEqual({ ...odd });
  });

  test("facts that JSON cannot say are a recorded error", async () => {
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    const { outcome, error } = await run("1", { facts: { export: cyclic, err: null } });
    expect(outcome).toBe("failed");
    expect(error?.message).toBe("The facts of the export cannot be told to a script.");
  });

  test("await, outside of functions too, and everything that it began is waited for", async () => {
    const { outcome, log } = await run(`
      log(await Promise.all([1, Promise.resolve(2), (async () => 3)()]));
      Promise.resolve().then(() => log("later"));
      (async () => { await null; await notify({ subject: "a", text: "b" }); log("last"); })();
    `);
    expect({ outcome, log }).toEqual({ outcome: "done", log: "[1,2,3]\nlater\nlast\n" });
  });

  test("five notifications", async () => {
    const { notified, log, calls } = await run(`
      for (let i = 0; i < 7; i++) {
        try { await notify({ subject: "n" + i, text: "line\\n\\0end" }); } catch (error) { log(error.message); }
      }
    `);
    expect(notified.map(({ subject }) => subject)).toEqual(["n0", "n1", "n2", "n3", "n4"]);
    expect(notified[0]?.text).toBe("line\n\0end");
    expect(calls).toEqual({ fetch: 0, notify: 5 });
    expect(log).toBe("There were too many calls of notify.\n".repeat(2));
  });

  test.each([
    ["notify()", "notify takes {subject, text}, both of them text."],
    ["notify({ subject: 1, text: 'a' })", "notify takes {subject, text}, both of them text."],
    ["notify({ subject: 'a'.repeat(201), text: 'a' })", "A subject may have at most 200 characters."],
    ["notify({ subject: 'a', text: 'a'.repeat(20001) })", "A text may have at most 20000 characters."],
    ["notify({ subject: 'a\\r\\nBcc: x@example.org', text: 'a' })", "A subject is one line of text."],
    ["notify({ subject: ' ', text: 'a' })", "A subject is one line of text."],
  ])("refused: %s", async (call, message) => {
    const { outcome, error, notified } = await run(`await ${call}`);
    expect(outcome).toBe("failed");
    expect(error?.message).toBe(message);
    expect(notified).toEqual([]);
  });

  test("a host that fails says why only in words for people", async () => {
    const words = await run("await notify({ subject: 'a', text: 'b' })", {
      notify: () => Promise.reject(failure("mail", "The mail server is away.")),
    });
    expect(words.error?.message).toBe("The mail server is away.");
    expect(words.log).toBe("waybill: notify: The mail server is away.\n");
    const defect = await run("await notify({ subject: 'a', text: 'b' })", {
      notify: () => {
        throw new Error("password=hunter2");
      },
    });
    expect(defect.error?.message).toBe("It failed for a reason of Waybill's own.");
    expect(JSON.stringify(defect)).not.toContain("hunter2");
  });
});

describe("What is kept of it", () => {
  test("64 KiB of log, cut between characters", async () => {
    const { log, logCut, outcome } = await run('log("é".repeat(30000)); log("a"); log("é".repeat(30000)); log("gone")');
    expect(outcome).toBe("done");
    expect(logCut).toBe(true);
    expect(Buffer.byteLength(log)).toBeGreaterThan(65_530);
    expect(Buffer.byteLength(log)).toBeLessThanOrEqual(65_536);
    expect(log).toMatch(/^é{30000}\na\né+$/);
  });

  test("a log that just fits is not cut", async () => {
    const { log, logCut } = await run('log("a".repeat(65535))');
    expect(logCut).toBe(false);
    expect(log).toBe(`${"a".repeat(65_535)}\n`);
  });

  test("what was thrown, and the line", async () => {
    const { outcome, error } = await run("const a = 1;\n\nnull.label;\n");
    expect(outcome).toBe("failed");
    expect(error).toEqual({ name: "TypeError", message: "cannot read property 'label' of null", line: 3 });
  });

  test.each([
    ["throw 5", { name: "Thrown value", message: "5" }],
    ["throw null", { name: "Thrown value", message: "null" }],
    ["throw { a: 1 }", { name: "Thrown value", message: '{"a":1}' }],
    ["throw Symbol('a')", { name: "Thrown value", message: "Symbol(a)" }],
    ["Promise.reject(new Error('late'))", { name: "Error", message: "late", line: 1 }],
    ["(async () => { throw new RangeError('inner') })()", { name: "RangeError", message: "inner", line: 1 }],
    ["await new Promise(() => {})", { name: "Error", message: "The script waits for something that will never come." }],
    ["let x = ;", { name: "SyntaxError", message: "unexpected token in expression: ';'", line: 1 }],
    ["import a from 'fs'", expect.objectContaining({ name: "SyntaxError" })],
    ["log(1); return", expect.objectContaining({ name: "SyntaxError" })],
    ["a".repeat(65_537), { name: "Error", message: "The script has more than 64 KiB." }],
  ])("%.60s", async (source, error) => {
    const { outcome, log, error: got } = await run(source);
    expect(outcome).toBe("failed");
    expect(got).toEqual(error);
    expect(log).toBe("");
  });

  test("nothing, when it is aborted: it ends and the reason is thrown", async () => {
    const abort = new AbortController();
    const begun = performance.now();
    setTimeout(() => abort.abort(new Error("shutting down")), 400);
    await expect(run("for (;;);", { signal: abort.signal, milliseconds: 10_000 })).rejects.toThrow("shutting down");
    expect(performance.now() - begun).toBeLessThan(3000);
    await expect(run("1", { signal: abort.signal })).rejects.toThrow("shutting down");
  });
});

describe("A script is checked before it is kept", () => {
  test.each([
    ["log(1)", null],
    ["const { export: job } = script.arguments; await fetch('https://example.org')", null],
    ["", null],
    ["for (;;);", null],
    ["throw 1", null],
    ["log(1);\n  let x = ;", { message: "unexpected token in expression: ';'", line: 2, column: 11 }],
    ["a".repeat(65_537), { message: "The script has more than 64 KiB.", line: 1, column: 1 }],
    ["const a = export.label", expect.objectContaining({ line: 1 })],
    ["[".repeat(60_000), expect.objectContaining({ line: 1 })],
    ["log(1)\0;", expect.objectContaining({ line: 1 })],
    ["/(/", expect.objectContaining({ line: 1 })],
  ])("%.60s", async (source, mistake) => {
    await expect(checkScript(source)).resolves.toEqual(mistake);
  });
});
