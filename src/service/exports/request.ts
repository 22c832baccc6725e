// What was asked for, put together again from where it is kept.
import type { Export } from "../../control/tables.ts";
import type { ExportBody } from "./body.ts";

export function requestOf({ request, afterScript }: Pick<Export, "request" | "afterScript">): ExportBody {
  const body = request as unknown as ExportBody;
  return afterScript === null ? body : { ...body, afterScript };
}
