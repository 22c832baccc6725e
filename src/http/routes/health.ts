// Whether the service lives, and whether it can work: for those who start and watch it.
import type { App } from "../app.ts";
import type { Service } from "../service.ts";
import * as z from "zod";

export function healthRoutes(app: App, { unready }: Service): void {
  const response = { 200: z.object({ status: z.literal("ok") }) };
  app.get(
    "/health/live",
    { config: { action: "service.see" }, logLevel: "warn", schema: { summary: "Alive", tags: ["service"], response } },
    async () => ({ status: "ok" as const }),
  );
  app.get(
    "/health/ready",
    {
      config: { action: "service.see" },
      logLevel: "warn",
      schema: {
        summary: "Ready to work",
        description: "503 with the reasons where it is not: the control database does not answer, or it is stopping.",
        tags: ["service"],
        response: { ...response, 503: z.object({ status: z.literal("unready"), reasons: z.array(z.string()) }) },
      },
    },
    async (_request, reply) => {
      const reasons = await unready();
      if (reasons.length === 0) return { status: "ok" as const };
      return reply.code(503).send({ status: "unready" as const, reasons: [...reasons] });
    },
  );
}
