// Archives in a bucket of S3, or of something that speaks like it.
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
} from "@aws-sdk/client-s3";
import { failure, WaybillError } from "../lib/errors.ts";
import type { S3Place } from "../lib/store-url.ts";
import { s3Error } from "./s3-errors.ts";
import { type Bucket, clearUploads, MARKERS, uploading } from "./s3-upload.ts";
import { archiveCut, archiveMissing, checkName, type Store, type Stored } from "./store.ts";

/** Where archives go. Credentials come from the environment, as the AWS SDK finds them, unless they are given. */
export interface S3Options extends S3Place {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A store in a bucket, which must be there. */
export function s3Store({ bucket: name, prefix, region, endpoint, credentials }: S3Options): Store {
  const config: S3ClientConfig = {
    // Servers that are not Amazon's mind the name, but not which.
    ...(region === undefined ? (endpoint === undefined ? {} : { region: "us-east-1" }) : { region }),
    // Such servers seldom have a host name for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 120_000 },
    // Archives are authenticated by their own format; some servers do not know these checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  };
  const client = new S3Client(config);
  const place = `bucket "${name}"`;
  const bucket: Bucket = { client, name, prefix };
  const inWords = (error: unknown): never => {
    throw s3Error(error, place);
  };
  const objectOf = (file: string): { Bucket: string; Key: string } => {
    checkName(file);
    return { Bucket: name, Key: prefix + file };
  };
  return {
    place: `the vault's ${place}`,
    async put(file) {
      return uploading(bucket, objectOf(file).Key, inWords).catch(inWords);
    },
    async open(file) {
      const object = objectOf(file);
      const its = await client.send(new HeadObjectCommand(object)).catch((error: unknown) => {
        if (isMissing(error)) throw archiveMissing(file);
        return inWords(error);
      });
      const { ContentLength: size = 0, ETag } = its;
      return {
        size,
        range: (start, end) => bytesOf(bucket, { name: file, start, end, tag: ETag }, inWords),
        close: async () => {},
      };
    },
    async delete(file) {
      await client.send(new DeleteObjectCommand(objectOf(file))).catch(inWords);
    },
    list: () => objectsOf(bucket, inWords),
    clear: () => clearUploads(bucket).catch(inWords),
    close: async () => client.destroy(),
  };
}

/** A bucket that is missing is called so when its name is in the answer; HEAD has none. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && (error.name === "NotFound" || error.name === "NoSuchKey");
}

async function* objectsOf(
  { client, name, prefix }: Bucket,
  inWords: (error: unknown) => never,
): AsyncGenerator<Stored> {
  try {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: name, Prefix: prefix })) {
      for (const { Key: key, Size: size = 0, LastModified: modified } of page.Contents ?? []) {
        const file = key?.slice(prefix.length) ?? "";
        // Other things may lie under the prefix, our own markers too.
        if (file === "" || file.includes("/") || file.startsWith(MARKERS)) continue;
        yield { name: file, size, modified: modified ?? new Date(0) };
      }
    }
  } catch (error) {
    inWords(error);
  }
}

interface Range {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Of the object that was opened. */
  readonly tag: string | undefined;
}

async function* bytesOf(
  { client, name, prefix }: Bucket,
  { name: file, start, end, tag }: Range,
  inWords: (error: unknown) => never,
): AsyncGenerator<Uint8Array> {
  for (let at = start, from = -1; at < end;) {
    try {
      // A connection that broke is taken up again, as long as that leads any further.
      if (from === at) throw archiveCut(file);
      from = at;
      const object = { Bucket: name, Key: prefix + file, Range: `bytes=${at}-${end - 1}` };
      const { Body: body, ETag } = await client.send(new GetObjectCommand(object));
      if (ETag !== tag) throw replaced(file);
      for await (const piece of body as AsyncIterable<Uint8Array>) {
        // Some servers give more than they were asked for.
        const asked = piece.subarray(0, end - at);
        at += asked.length;
        yield asked;
        if (at === end) break;
      }
    } catch (error) {
      if (isMissing(error)) throw archiveMissing(file);
      if (from === at || error instanceof WaybillError) inWords(error);
    }
  }
}

function replaced(file: string): WaybillError {
  return failure("archive-replaced", `The archive "${file}" was replaced while it was read.`, { hint: "Begin again." });
}
