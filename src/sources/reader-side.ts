// What every reader process does on its own side: requests in, frames out, and an end when its owner is gone.
import { readSync, write, writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { StringDecoder } from "node:string_decoder";
import { Worker } from "node:worker_threads";
import { FRAME_HEADER } from "./frames.ts";

/**
 * Ends this process when its owner was killed, even while the database computes: then nobody needs the rows any more.
 */
export function endWithOwner(): void {
  const watcher = `setInterval(() => process.ppid === ${process.ppid} || process.kill(${process.pid}, "SIGKILL"), 1000)`;
  // The watcher's output is its own: passed on to ours, it would make our pipe one that does not block.
  new Worker(watcher, { eval: true, stdout: true, stderr: true }).unref();
  // What was compiled would be kept at the end of the process, which comes by force as a rule.
  flushCompileCache();
}

/** Lines of standard input, read with blocking calls; ends with it. */
export function* requestLines(): Generator<string> {
  const part = Buffer.alloc(1 << 16);
  const decoder = new StringDecoder("utf8");
  let text = "";
  for (;;) {
    const count = readSync(0, part);
    if (count === 0) return;
    text += decoder.write(part.subarray(0, count));
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
      yield text.slice(0, end);
      text = text.slice(end + 1);
    }
  }
}

/** Sends a frame: `length` bytes, of which the first FRAME_HEADER are left for its header. */
export function sendFrame(type: number, bytes: Buffer, length: number, room = 0): void {
  writeHeader(type, bytes, length, room);
  for (let at = 0; at < length;) at += writeSync(1, bytes, at, length - at);
}

function writeHeader(type: number, bytes: Buffer, length: number, room: number): void {
  bytes[0] = type;
  bytes.writeUInt32LE(length - FRAME_HEADER, 1);
  bytes.writeUInt32LE(room, 5);
}

let sending: Promise<void> = Promise.resolve();

/**
 * Sends a frame while the caller goes on, after what was sent so before. The bytes must be left alone until `sent`, or
 * until the next but one.
 */
export async function sendFrameBehind(type: number, bytes: Buffer, length: number, room = 0): Promise<void> {
  await sending;
  writeHeader(type, bytes, length, room);
  sending = new Promise((done, fail) => {
    const from = (at: number): void => {
      write(1, bytes, at, length - at, null, (error, count) => {
        if (error !== null) fail(error);
        else if (at + count === length) done();
        else from(at + count);
      });
    };
    from(0);
  });
  sending.catch(() => {});
}

/** Waits until all that goes out behind the caller's back has gone. */
export function sent(): Promise<void> {
  return sending;
}

/** Sends a frame of JSON. */
export function sendJson(type: number, payload: unknown): void {
  const text = JSON.stringify(payload);
  const bytes = Buffer.allocUnsafe(FRAME_HEADER + Buffer.byteLength(text));
  bytes.write(text, FRAME_HEADER, "utf8");
  sendFrame(type, bytes, bytes.length);
}
