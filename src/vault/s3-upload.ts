// Writing to S3: a multipart upload, which becomes an object only when it is completed, and what to do with those that never were.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { randomBytes } from "node:crypto";
import { lifeOf, THIS_WRITER } from "../lib/writers.ts";
import { ABANDONED, type Putting, SIGN_OF_LIFE } from "./store.ts";

export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  readonly prefix: string;
}

/**
 * Each writer keeps an object, `.writers/<archive>/<writer>`, from before its upload begins until after its end: S3
 * does not tell whose an unfinished upload is.
 */
export const MARKERS = ".writers/";

/** At least 5 MiB (S3). */
const FIRST_PARTS = 8 << 20;
/** S3 takes 10,000 parts: after so many of one size come larger ones, so that 5 TiB fit. */
const PARTS_OF_A_SIZE = 1000;

/** Begins an upload. */
export async function uploading(bucket: Bucket, key: string, inWords: (error: unknown) => never): Promise<Putting> {
  const { client, name, prefix } = bucket;
  const object = { Bucket: name, Key: key };
  const writer = `${THIS_WRITER}-${randomBytes(4).toString("hex")}`;
  const marker = {
    Bucket: name,
    Key: `${prefix}${MARKERS}${key.slice(prefix.length)}/${writer}`,
    Body: "Somebody writes this archive.\n",
  };
  await client.send(new PutObjectCommand(marker));
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(object)).catch(async (error: unknown) => {
    await client.send(new DeleteObjectCommand({ Bucket: name, Key: marker.Key })).catch(() => {});
    throw error;
  });
  const upload = { ...object, UploadId };
  const alive = setInterval(() => {
    client.send(new PutObjectCommand(marker)).catch(() => {});
  }, SIGN_OF_LIFE).unref();
  const done: { PartNumber: number; ETag: string | undefined }[] = [];
  let going = true;
  let part: Buffer = Buffer.allocUnsafeSlow(FIRST_PARTS);
  let other: Buffer | null = null;
  let filled = 0;
  let sending: Promise<void> = Promise.resolve();

  const send = async (PartNumber: number, Body: Uint8Array): Promise<void> => {
    const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
    done.push({ PartNumber, ETag });
  };
  /** One part is filled while the other one is sent. */
  const flush = async (): Promise<void> => {
    await sending;
    const number = done.length + 1;
    sending = send(number, part.subarray(0, filled));
    sending.catch(() => {});
    const size = FIRST_PARTS * 2 ** Math.floor(number / PARTS_OF_A_SIZE);
    [part, other] = [other?.length === size ? other : Buffer.allocUnsafeSlow(size), part];
    filled = 0;
  };
  const end = async (): Promise<void> => {
    going = false;
    clearInterval(alive);
    await client.send(new DeleteObjectCommand({ Bucket: name, Key: marker.Key }));
  };
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length;) {
        if (filled === part.length) await flush().catch(inWords);
        const count = Math.min(part.length - filled, bytes.length - at);
        part.set(bytes.subarray(at, at + count), filled);
        filled += count;
        at += count;
      }
    },
    async publish() {
      try {
        // An upload has one part at least.
        if (filled > 0 || done.length === 0) await flush();
        await sending;
        await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: done } }));
      } catch (error) {
        inWords(error);
      }
      // It is published, whatever becomes of the marker.
      await end().catch(() => {});
    },
    async discard() {
      if (!going) return;
      await sending.catch(() => {});
      // The marker stays where the upload could not be ended: whoever clears up will find it.
      const ended = await client.send(new AbortMultipartUploadCommand(upload)).catch(() => null);
      if (ended !== null) await end().catch(() => {});
      going = false;
      clearInterval(alive);
    },
  };
}

/** Aborts the uploads of writers that are gone. */
export async function clearUploads({ client, name, prefix }: Bucket): Promise<void> {
  const gone = new Map<string, string[]>();
  const alive = new Set<string>();
  for await (const page of paginateListObjectsV2({ client }, { Bucket: name, Prefix: prefix + MARKERS })) {
    for (const { Key: marker = "", LastModified: sign } of page.Contents ?? []) {
      const [file = "", writer = ""] = marker.slice(prefix.length + MARKERS.length).split("/");
      const life = lifeOf(writer.replace(/-[0-9a-f]+$/, ""));
      const lost = life === "gone" || (life === "elsewhere" && Date.now() - (sign?.getTime() ?? 0) > ABANDONED);
      if (lost) gone.set(file, [...(gone.get(file) ?? []), marker]);
      else alive.add(file);
    }
  }
  for (const [file, markers] of gone) {
    // Which of two uploads is whose is not known: both stay until nobody writes any more.
    if (alive.has(file)) continue;
    await abortUploads({ client, name, prefix }, prefix + file);
    for (const Key of markers) await client.send(new DeleteObjectCommand({ Bucket: name, Key }));
  }
}

async function abortUploads({ client, name }: Bucket, key: string): Promise<void> {
  // More than a page of unfinished uploads of one archive are no more than some minutes' work of nobody.
  const { Uploads: uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: name, Prefix: key }));
  for (const { Key, UploadId } of uploads) {
    if (Key !== key) continue;
    await client.send(new AbortMultipartUploadCommand({ Bucket: name, Key, UploadId })).catch((error: unknown) => {
      // It was completed or aborted meanwhile.
      if (!(error instanceof Error && error.name === "NoSuchUpload")) throw error;
    });
  }
}
