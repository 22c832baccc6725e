// Files in a bucket of S3, or of something that speaks like it.
import type { Readable } from "node:stream";
import { GetObjectCommand, type GetObjectCommandOutput, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import type { S3Place } from "../lib/store-url.ts";
import { fileChanged, fileMissing, FileProblem, type FileStore, type OpenedFile, spellings } from "./file-store.ts";
import { isMissing, s3Error } from "./s3-errors.ts";

/** In bytes of UTF-8. */
const LONGEST_KEY = 1024;

/** Where files are. Credentials come from the environment, as the AWS SDK finds them, unless they are given. */
export interface S3FilesOptions extends S3Place {
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The files of a bucket whose names begin with the prefix. */
export function s3FileStore({ bucket, prefix, region, endpoint, credentials }: S3FilesOptions): FileStore {
  const config: S3ClientConfig = {
    // Servers that are not Amazon's mind the name, but not which.
    ...(region === undefined ? (endpoint === undefined ? {} : { region: "us-east-1" }) : { region }),
    // Such servers seldom have a host name for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 120_000 },
    // Who reads tries again, and knows from where.
    maxAttempts: 1,
    // Some servers do not know these checksums.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  };
  const client = new S3Client(config);
  const place = `bucket "${bucket}"`;
  return {
    place: `the ${place}`,
    async open(path, signal) {
      for (const spelling of spellings(path)) {
        const object = { Bucket: bucket, Key: prefix + spelling };
        const file = new S3File({ client, place, signal }, object);
        if (Buffer.byteLength(object.Key) <= LONGEST_KEY && (await file.begin())) return file;
      }
      throw fileMissing();
    },
    close: async () => client.destroy(),
  };
}

interface Context {
  readonly client: S3Client;
  readonly place: string;
  readonly signal: AbortSignal;
}

/** One request gives the whole file; another one is made only to go on after a connection broke. */
class S3File implements OpenedFile {
  readonly #context: Context;
  readonly #object: { readonly Bucket: string; readonly Key: string };
  size = 0;
  #tag: string | undefined;
  /** The answer that is read, or will be. */
  #body: Readable | null = null;
  #fresh = true;

  constructor(context: Context, object: { readonly Bucket: string; readonly Key: string }) {
    this.#context = context;
    this.#object = object;
  }

  /** Gives false where there is no such file. */
  async begin(): Promise<boolean> {
    try {
      const answer = await this.#get();
      this.#take(answer);
      const { ContentLength: size, ETag: tag } = answer;
      if (size === undefined) throw new FileProblem("unreadable", "The bucket does not tell the file's size.");
      this.size = size;
      this.#tag = tag;
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      await this.close();
      throw this.#inWords(error);
    }
  }

  async *read(from: number): AsyncGenerator<Uint8Array> {
    let at = from;
    try {
      if (!this.#fresh || from > 0) await this.#goTo(from);
      this.#fresh = false;
      // An answer that broke while it waited tells its error to whoever reads it.
      for await (const chunk of (this.#body ?? []) as AsyncIterable<Uint8Array>) {
        at += chunk.length;
        if (at > this.size) throw fileChanged();
        yield chunk;
      }
      if (at < this.size) throw new FileProblem("unreadable", "The connection to the bucket broke.", { passing: true });
    } catch (error) {
      throw isMissing(error) ? fileChanged() : this.#inWords(error);
    } finally {
      await this.close();
    }
  }

  /** An answer is of one state of the file, and so are several with the same tag. */
  async check(): Promise<void> {}

  async close(): Promise<void> {
    this.#body?.destroy();
    this.#body = null;
  }

  async #goTo(from: number): Promise<void> {
    await this.close();
    if (from >= this.size) return;
    // Not every server minds the condition.
    const answer = await this.#get({
      Range: `bytes=${from}-`,
      ...(this.#tag === undefined ? {} : { IfMatch: this.#tag }),
    });
    this.#take(answer);
    const same = answer.ETag === this.#tag && answer.ContentRange?.startsWith(`bytes ${from}-`) === true;
    if (!same) throw fileChanged();
  }

  #take({ Body: body }: GetObjectCommandOutput): void {
    this.#body = body as Readable;
    // A connection that breaks while nobody reads is noticed when somebody does.
    this.#body.on("error", () => {});
  }

  #get(more: { readonly Range?: string; readonly IfMatch?: string } = {}): Promise<GetObjectCommandOutput> {
    const { client, signal } = this.#context;
    signal.throwIfAborted();
    return client.send(new GetObjectCommand({ ...this.#object, ...more }), { abortSignal: signal });
  }

  #inWords(error: unknown): Error {
    const { signal, place } = this.#context;
    return signal.aborted ? (signal.reason as Error) : s3Error(error, place);
  }
}
