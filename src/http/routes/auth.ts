// Signing in: `/api/auth/…` belongs to better-auth, which answers as the Fetch standard has it.
import { AUTH_PATH } from "../../identity/better-auth.ts";
import { failure } from "../../lib/errors.ts";
import type { App } from "../app.ts";
import { headersOf } from "../identify.ts";
import type { HttpOptions, Service } from "../service.ts";

export function authRoutes(app: App, { signIn }: Service, { baseUrl }: HttpOptions): void {
  const base = baseUrl.replace(/\/$/, "");
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: 64 * 1024 }, (_request, body, done) =>
    done(null, body),
  );
  app.route({
    method: ["GET", "POST"],
    url: `${AUTH_PATH}/*`,
    schema: { hide: true },
    async handler(request, reply) {
      const url = `${base}${request.url}`;
      if (!URL.canParse(url)) throw failure("not-found", "There is nothing at this address.");
      const body = request.method === "POST" && Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null;
      const headers = headersOf(request);
      headers.delete("content-length");
      headers.delete("transfer-encoding");
      const answer = await signIn.handle(new Request(url, { method: request.method, headers, body }), request.ip);
      void reply.code(answer.status).header("cache-control", "no-store");
      answer.headers.forEach((value, name) => {
        if (name !== "set-cookie") void reply.header(name, value);
      });
      for (const cookie of answer.headers.getSetCookie()) void reply.header("set-cookie", cookie);
      return reply.serializer((text: unknown) => text as string).send(Buffer.from(await answer.arrayBuffer()));
    },
  });
}
