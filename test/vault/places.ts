// Places where writers are killed: a folder, and a bucket.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startS3 } from "../setup/s3.ts";
import type { Place } from "./killing.ts";

/** A place with what takes it away. */
export interface OpenPlace extends Place {
  stop(): Promise<void>;
}

/** An empty folder. */
export function folderPlace(): OpenPlace {
  const folder = mkdtempSync(join(tmpdir(), "waybill-killed-"));
  const keys = join(folder, "keys");
  return {
    url: join(folder, "vault"),
    keys,
    idle: async () => {},
    leftovers: async () =>
      readdirSync(folder, { recursive: true })
        .filter((name) => String(name).includes("/."))
        .map(String),
    stop: async () => rmSync(folder, { recursive: true }),
  };
}

/** An empty bucket; its credentials are put into the environment. */
export async function bucketPlace(): Promise<OpenPlace> {
  const s3 = await startS3();
  const keys = mkdtempSync(join(tmpdir(), "waybill-killed-"));
  process.env["AWS_ACCESS_KEY_ID"] = s3.credentials.accessKeyId;
  process.env["AWS_SECRET_ACCESS_KEY"] = s3.credentials.secretAccessKey;
  return {
    url: `s3://${s3.bucket}/of/waybill?endpoint=${encodeURIComponent(s3.endpoint)}&region=eu-west-3`,
    keys,
    idle: () => s3.idle(),
    leftovers: async () => [...(await s3.uploads()), ...(await s3.markers())],
    stop: async () => {
      await s3.stop();
      rmSync(keys, { recursive: true });
    },
  };
}
