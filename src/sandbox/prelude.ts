// What a script finds around it, in its own JavaScript. Runs before the script, inside of the interpreter.
import { BODY, HEADERS_LENGTH, LOG, MESSAGE_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH, URL_LENGTH } from "./limits.ts";

/** The name of a script in stack traces. */
export const SCRIPT_NAME = "afterScript";

/**
 * A function of `tell(text)`, `ask(kind, request)` and the facts as JSON, which gives what the interpreter calls. All that
 * crosses the border is a number, or JSON that was made of primitive strings, for which no code of the script runs; what
 * is used after the script has begun was taken before, since a script may change every object that it can reach.
 */
export const PRELUDE = `(function (tell, ask, factsText) {
  "use strict";
  const { parse, stringify } = JSON;
  const { keys } = Object;
  const Text = String, Pending = Promise, Failure = Error, Range = RangeError, Type = TypeError;
  const cut = Function.prototype.call.bind("".slice);
  const find = Function.prototype.call.bind(/x/.exec);
  const place = /${SCRIPT_NAME}:([1-9]\\d{0,5})(?::([1-9]\\d{0,5}))?/;
  const waiting = { __proto__: null };

  const fit = (what, text, most) => {
    if (text.length > most) throw new Range(what + " may have at most " + most + " characters.");
    return stringify(text);
  };
  const call = (kind, write) => new Pending((resolve, reject) => {
    const id = ask(kind, write());
    if (id === 0) throw new Failure("There were too many calls of " + kind + ".");
    waiting[id] = { __proto__: null, resolve, reject };
  });
  const shown = (value) => {
    if (typeof value === "string") return value;
    try {
      if (value instanceof Failure) return value.name + ": " + value.message;
      return stringify(value) ?? Text(value);
    } catch {
      return typeof value === "object" ? "[object that cannot be shown]" : Text(value);
    }
  };

  const facts = parse(factsText);
  globalThis.script = { arguments: facts };
  globalThis.err = facts.err;
  globalThis.log = function log() {
    let text = "";
    for (let i = 0; i < arguments.length && text.length <= ${LOG}; i++) {
      text += (i > 0 ? " " : "") + cut(\`\${shown(arguments[i])}\`, 0, ${LOG} + 1);
    }
    tell(stringify(cut(text, 0, ${LOG} + 1)));
  };
  globalThis.notify = function notify(message) {
    return call("notify", () => {
      const subject = message?.subject, text = message?.text;
      if (typeof subject !== "string" || typeof text !== "string") {
        throw new Type("notify takes {subject, text}, both of them text.");
      }
      return '{"subject":' + fit("A subject", subject, ${SUBJECT_LENGTH}) + ',"text":' + fit("A text", text, ${TEXT_LENGTH}) + "}";
    });
  };
  globalThis.fetch = function fetch(url, options) {
    return call("fetch", () => {
      const address = fit("A URL", \`\${url}\`, ${URL_LENGTH});
      const method = fit("A method", \`\${options?.method ?? "GET"}\`, 20);
      const given = options?.headers ?? { __proto__: null };
      const names = keys(given);
      let headers = "", size = 0;
      for (let i = 0; i < names.length; i++) {
        const value = \`\${given[names[i]]}\`;
        size += names[i].length + value.length;
        if (size > ${HEADERS_LENGTH}) throw new Range("Headers may have at most ${HEADERS_LENGTH} characters.");
        headers += (i > 0 ? "," : "") + "[" + stringify(names[i]) + "," + stringify(value) + "]";
      }
      const body = options?.body ?? null;
      if (body !== null && typeof body !== "string") throw new Type("A body is text: use JSON.stringify for values.");
      return '{"url":' + address + ',"method":' + method + ',"headers":[' + headers + '],"body":' +
        (body === null ? "null" : fit("A body", body, ${BODY})) + "}";
    });
  };

  return {
    settle(id, ok, json) {
      const { resolve, reject } = waiting[id];
      delete waiting[id];
      const value = parse(json);
      if (!ok) return reject(new Failure(value));
      if (value === null) return resolve();
      const { status, headers, body } = value;
      resolve({
        status,
        ok: status >= 200 && status < 300,
        headers,
        text: async () => body,
        json: async () => parse(body),
      });
    },
    // A script's value is a promise; so may be its last expression's.
    async watch(completion) {
      await (await completion).value;
    },
    describe(thrown) {
      let name = "Thrown value", message = "It cannot be shown.", line = null, column = null;
      try {
        if (thrown instanceof Failure) {
          name = \`\${thrown.name}\`;
          message = \`\${thrown.message}\`;
          const found = find(place, \`\${thrown.stack}\`);
          line = found?.[1] ?? null;
          column = found?.[2] ?? null;
        } else message = shown(thrown);
      } catch {}
      const end = message.length > ${MESSAGE_LENGTH} ? "…" : "";
      return '{"name":' + stringify(cut(name, 0, 100)) + ',"message":' + stringify(cut(message, 0, ${MESSAGE_LENGTH}) + end) +
        ',"line":' + line + ',"column":' + column + "}";
    },
  };
})`;
