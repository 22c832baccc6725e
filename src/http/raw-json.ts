// Answers with parts that are JSON already, as formats write it: numbers stay as they are.
import type { FastifyReply } from "fastify";

/** Sends an object whose members are values, or the bytes of JSON. */
export function sendJson(reply: FastifyReply, members: Readonly<Record<string, unknown>>): FastifyReply {
  const parts: Uint8Array[] = [];
  for (const [name, value] of Object.entries(members)) {
    parts.push(Buffer.from(`${parts.length === 0 ? "{" : ","}${JSON.stringify(name)}:`));
    parts.push(value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value)));
  }
  parts.push(Buffer.from("}"));
  return reply.type("application/json; charset=utf-8").send(Buffer.concat(parts));
}
