// The example of docs/configuration.md, which is what people copy.
import { readFileSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../../src/config/config.ts";
import { readConfig } from "../../src/config/read.ts";
import { WaybillError } from "../../src/lib/errors.ts";

const page = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
export const example = /^```yaml\n(mail:.*?)^```/ms.exec(page)![1]!;

export const SECRET = "s3cret";
export const environment = {
  SMTP_URL: `smtp://exports:${SECRET}@mail.example.org:587`,
  LAB_DATABASE_URL: `postgres://waybill:${SECRET}@db.example.org/lab`,
};

const folder = await mkdtemp(join(tmpdir(), "waybill-config-"));
export const file = join(folder, "waybill.yaml");

/** Writes a configuration into a folder of its own and reads it. */
export async function read(text: string | Uint8Array, env: Record<string, string> = environment): Promise<Config> {
  await writeFile(file, text);
  return readConfig(file, env);
}

/** The error of a wrong configuration; its places begin with line and column. */
export async function refusalOf(text: string | Uint8Array, env?: Record<string, string>): Promise<WaybillError> {
  const error: unknown = await read(text, env).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WaybillError)) throw new Error(`not refused: ${String(error)}\n${String(text)}`);
  return error;
}

/** What of an error a person may see. */
export function shown(error: WaybillError): string {
  return JSON.stringify([
    error.message,
    error.hint,
    error.places,
    (error.cause as Error | undefined)?.message,
  ]).replaceAll(folder, "");
}
