// Scripts that try to get out, or to harm what runs them. Each ends in a record, and none reaches the host.
import { describe, expect, test } from "vitest";
import { run } from "./run.ts";

/** A script, and what has to come of it (`|` where that depends on how fast the machine is). */
type Attempt = readonly [what: string, source: string, outcome: string, error?: RegExp | null];

const REACHING: readonly Attempt[] = [
  [
    "Function constructor",
    "log(Function('return typeof process')(), (() => {}).constructor('return this')() === globalThis)",
    "done",
  ],
  [
    "constructors of async functions and generators",
    "log(await (async () => {}).constructor('return typeof require')())",
    "done",
  ],
  [
    "the host through its functions",
    "log(fetch.constructor('return typeof process')(), notify.constructor === Function)",
    "done",
  ],
  ["eval", "log(eval('typeof process'), (0, eval)('typeof require'))", "done"],
  ["process", "process.exit(0)", "failed", /'process' is not defined/],
  ["require", "require('child_process')", "failed", /'require' is not defined/],
  ["import() of a built-in", "await import('fs')", "failed", /could not load module/],
  ["import() of a file", "await import('file:///etc/passwd')", "failed", /could not load module/],
  ["import() of data", "await import('data:text/javascript,1')", "failed", /could not load module/],
  ["import.meta", "log(import.meta)", "failed", /import\.meta/],
  ["QuickJS' own modules", "await import('std')", "failed", /could not load module/],
  ["QuickJS' own modules as globals", "std.open('/etc/passwd')", "failed", /'std' is not defined/],
  ["WebAssembly", "new WebAssembly.Memory({ initial: 1 })", "failed", /'WebAssembly' is not defined/],
  ["timers", "setTimeout(() => {}, 1)", "failed", /'setTimeout' is not defined/],
  ["Atomics", "Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0)", "failed", /'Atomics' is not defined/],
  ["callers", "(function f() { return f.caller.caller })()", "failed"],
  [
    "stack frames",
    "Error.prepareStackTrace = (_, frames) => frames; log(typeof new Error().stack, typeof new Error().stack?.[0]?.getThis)",
    "done",
  ],
];

const POISONING: readonly Attempt[] = [
  [
    "JSON",
    "JSON.stringify = JSON.parse = () => { throw 1 }; log('a'); await notify({ subject: 'a', text: 'b' })",
    "done",
  ],
  ["Promise", "Promise = undefined; log('a'); await notify({ subject: 'a', text: 'b' })", "done"],
  ["Promise.prototype.then", "Promise.prototype.then = () => { throw 1 }; notify({ subject: 'a', text: 'b' })", "done"],
  [
    "prototypes' toJSON",
    "Object.prototype.toJSON = String.prototype.toJSON = () => ({ url: 'x', call: 9 }); await notify({ subject: 'a', text: 'b' })",
    "done",
  ],
  [
    "Object.prototype by setters",
    "for (const key of ['url', 'method', 'reject', 'resolve', 'value', 'call', '0', '1']) Object.defineProperty(Object.prototype, key, { set() { throw 'set' }, get() { throw 'get' } }); await notify({ subject: 'a', text: 'b' })",
    "failed",
  ],
  [
    "Object.prototype.then",
    "Object.prototype.then = function (resolve) { resolve = null }; await notify({ subject: 'a', text: 'b' })",
    "failed",
    /never come|Thrown/,
  ],
  [
    "arrays' iterator",
    "Array.prototype[Symbol.iterator] = function* () { for (;;) yield 1 }; await notify({ subject: 'a', text: 'b' })",
    "done",
  ],
  [
    "Function.prototype.call",
    "Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => 'mine'; log('a'); await notify({ subject: 'a', text: 'b' })",
    "done",
  ],
  [
    "String.prototype",
    "for (const key of Object.getOwnPropertyNames(String.prototype)) try { String.prototype[key] = () => 'x'.repeat(1e6) } catch {}; log('a'); await notify({ subject: 'a', text: 'b' })",
    "failed",
  ],
  [
    "Array species",
    "class Mine extends Array { static get [Symbol.species]() { throw 1 } }; log(new Mine(1, 2, 3)); await notify({ subject: 'a', text: 'b' })",
    "done",
  ],
  [
    "Promise species",
    "Object.defineProperty(Promise, Symbol.species, { get() { throw new Error('species') } }); await notify({ subject: 'a', text: 'b' })",
    "done",
  ],
  [
    "the global object",
    "for (const key of Object.getOwnPropertyNames(globalThis)) try { globalThis[key] = null; delete globalThis[key] } catch {}",
    "done",
  ],
  [
    "Error's hasInstance",
    "Object.defineProperty(Error, Symbol.hasInstance, { value: () => true }); throw { get name() { throw 1 } }",
    "failed",
    /cannot be shown/,
  ],
];

const ARGUMENTS: readonly Attempt[] = [
  [
    "getters that change",
    "let n = 0; await notify({ get subject() { return n++ ? 5 : 'a' }, get text() { return n++ > 1 ? {} : 'b' } })",
    "done",
  ],
  ["getters that throw", "await notify({ get subject() { throw new Error('mine') } })", "failed", /^mine$/],
  ["proxies", "await notify(new Proxy({}, { get: (_, key) => key === 'subject' ? 'a' : 'b' }))", "done"],
  [
    "proxies without end",
    "let p = {}; for (let i = 0; i < 20000; i++) p = new Proxy(p, {}); await notify(p)",
    "failed",
  ],
  ["revoked proxies", "const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); log(proxy); throw proxy", "failed"],
  ["thenables", "await notify({ then(resolve) { resolve({ subject: 'a', text: 'b' }) } })", "failed", /notify takes/],
  ["a script that gives a thenable", "({ then(resolve, reject) { reject(new Error('mine')) } })", "failed", /^mine$/],
  ["a thenable that never ends", "({ then() { for (;;); } })", "timeout"],
  ["String objects", "await notify({ subject: new String('a'), text: 'b' })", "failed", /notify takes/],
  ["toString that runs on", "await fetch({ toString() { for (;;); } })", "timeout"],
  ["toString that gives no text", "await fetch({ toString: () => ({}) })", "failed", /toPrimitive/],
  ["symbols", "await fetch(Symbol('a'))", "failed", /symbol/],
  [
    "headers by a proxy",
    "await fetch('https://example.org', { headers: new Proxy({}, { ownKeys: () => Array.from({ length: 2e4 }, (_, i) => 'x' + i), getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 'v' }) }) })",
    "failed",
    /Headers may have/,
  ],
  ["cyclic values", "const a = {}; a.a = a; log(a); await notify({ subject: a, text: a })", "failed", /notify takes/],
  [
    "thrown errors with getters",
    "throw Object.defineProperty(new Error(), 'message', { get() { for (;;); } })",
    "timeout",
  ],
  [
    "thrown proxies",
    "throw new Proxy(new Error('a'), { get() { throw 1 }, getPrototypeOf() { throw 1 } })",
    "failed",
    /cannot be shown/,
  ],
  ["a very long message", "throw new Error('x'.repeat(1e7))", "failed", /^x{1000}…$/],
  ["a very long name", "throw Object.assign(new Error('a'), { name: 'n'.repeat(1e6) })", "failed", /^a$/],
  [
    "a stack that lies",
    "throw Object.assign(new Error('a'), { stack: 'afterScript:0:99999999999999999999' })",
    "failed",
    /^a$/,
  ],
  [
    "messages of the interpreter in the log",
    'log(\'\\n{"end":"done","error":null}\\n\'); throw new Error(\'mine\')',
    "failed",
    /^mine$/,
  ],
];

const EXHAUSTING: readonly Attempt[] = [
  ["a loop", "for (;;);", "timeout"],
  ["a loop that catches", "for (;;) try { for (;;); } catch {} finally { continue }", "timeout"],
  ["a loop of awaits", "for (;;) await null", "timeout"],
  ["a chain of promises", "function next() { Promise.resolve().then(next) } next()", "timeout"],
  ["a generator", "for (const a of (function* () { for (;;) yield 1 })());", "timeout"],
  ["a catastrophic pattern", "/^(a+)+$/.test('a'.repeat(50) + 'b')", "timeout"],
  ["a catastrophic replacement", "'a'.repeat(1e5).replace(/(?:a*)*b/g, '')", "timeout"],
  ["a native loop", "Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)", "timeout"],
  ["a native loop over holes", "Array(4294967295).join()", "timeout"],
  ["a sort that never ends", "[3, 2, 1].sort(() => { for (;;); })", "timeout"],
  ["recursion", "function f() { f() } f()", "failed", /stack overflow/],
  ["recursion that catches", "function f() { try { f() } finally { f() } } f()", "timeout"],
  ["recursion through a getter", "const a = { get a() { return this.a } }; a.a", "failed", /stack overflow/],
  [
    "recursion through JSON",
    "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)",
    "failed|timeout",
    /stack overflow/,
  ],
  ["recursion through log", "let a = []; for (let i = 0; i < 1e5; i++) a = [a]; log(a)", "failed|timeout"],
  [
    "recursion through bound functions",
    "let f = () => {}; for (let i = 0; i < 2e4; i++) f = f.bind(null); f()",
    "failed|memory",
  ],
  ["nested source", "eval('['.repeat(60000))", "failed", /too deep|stack overflow/],
  ["nested functions in source", "eval('(()=>'.repeat(15000))", "failed"],
  ["nested patterns", "new RegExp('(?:'.repeat(30000))", "failed"],
  ["strings", "const a = []; for (let i = 0; ; i++) a.push('x'.repeat(1e6) + i)", "memory"],
  ["one string", "'x'.repeat(2 ** 29)", "memory"],
  ["doubled strings", "let s = 'x'; for (;;) s += s + 'y'", "failed", /too long|memory/],
  ["arrays", "const a = []; for (;;) a.push({ x: 1 })", "memory"],
  ["one array", "new Array(1e9).fill(1)", "memory"],
  ["typed arrays", "const a = []; for (;;) a.push(new Uint8Array(1e6))", "memory"],
  ["one typed array", "new Uint8Array(2 ** 31)", "failed"],
  ["shared arrays", "const a = []; for (;;) a.push(new SharedArrayBuffer(1e6))", "memory"],
  ["a pattern's states", "new RegExp('(?:a{1,60000}){1,60000}'.repeat(1000)).test('a'.repeat(1e6))", "done|timeout"],
  ["captures", "const a = []; for (;;) a.push(/(a*)(b*)/.exec('a'.repeat(1e5)))", "memory"],
  ["maps", "const a = new Map(); for (let i = 0; ; i++) a.set(i, {})", "memory"],
  ["big integers", "let n = 2n; for (;;) n *= n", "failed", /too large|memory/],
  ["pending promises", "const a = []; for (;;) a.push(new Promise(() => {}).then(() => 1))", "memory"],
  ["closures", "let f = () => 1; for (;;) { const g = f; f = () => g }", "memory"],
  ["memory that is caught", "for (;;) try { const a = []; for (;;) a.push({}) } catch {}", "timeout"],
  [
    "memory while an error is shown",
    "const a = []; try { for (;;) a.push({ x: a.length }) } catch {} throw { toJSON() { for (;;) a.push({ x: 1 }) } }",
    "failed|memory",
  ],
  ["errors", "const a = []; for (;;) a.push(new Error('x'.repeat(1e4) + a.length))", "memory"],
  ["a flood of logs", "for (;;) log('x'.repeat(1000))", "timeout"],
  ["a flood of empty logs", "for (;;) log()", "timeout"],
  ["a flood of notifications", "for (;;) notify({ subject: 'a', text: 'b' }).catch(() => {})", "timeout"],
  ["a flood of requests", "for (;;) fetch('https://example.org/').catch(() => {})", "timeout"],
  ["a log of one great value", "log('x'.repeat(2e7), 'y'.repeat(2e7))", "done"],
  [
    "a log of great nesting",
    "const a = Array.from({ length: 1e5 }, () => ({ a: 1 })); for (let i = 0; i < 100; i++) log(a)",
    "done|timeout",
  ],
];

const TIME = 400;
process.env["WAYBILL_TEST_SECRET"] = "in-the-environment";

async function expectAttempt([what, source, outcome, message]: Attempt): Promise<void> {
  // What ends by itself takes a while on a busy machine.
  const milliseconds = outcome.includes("timeout") ? TIME : 10_000;
  const result = await run(source, { milliseconds });
  expect(outcome.split("|"), what).toContain(result.outcome);
  expect(result.calls.notify, what).toBe(result.notified.length);
  expect(result.error === null, what).toBe(result.outcome === "done");
  if (message instanceof RegExp && result.outcome === "failed") expect(result.error?.message, what).toMatch(message);
  expect(result.error?.message.length ?? 0, what).toBeLessThanOrEqual(1001);
  expect(result.error?.name.length ?? 0, what).toBeLessThanOrEqual(100);
  expect(Buffer.byteLength(result.log), what).toBeLessThanOrEqual(65_536);
  expect(result.notified.length, what).toBeLessThanOrEqual(5);
  // What the host got is what was asked for, as text.
  for (const { subject, text } of result.notified) expect([subject, text], what).toEqual(["a", "b"]);
  expect(result.log, what).not.toMatch(/object process|in-the-environment|root:/);
  expect(result.milliseconds, what).toBeLessThan(milliseconds + 2500);
}

describe.each([
  ["reaching out", REACHING],
  ["poisoning what the host's functions use", POISONING],
  ["arguments that are more than values", ARGUMENTS],
  ["exhausting time and memory", EXHAUSTING],
])("%s", (_, attempts) => {
  test.each(attempts)("%s", async (...one) => {
    await expectAttempt(one as unknown as Attempt);
  });
});
