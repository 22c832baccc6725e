// An S3 server for tests: s3rver, which lacks the two calls that clear up unfinished uploads; they are added here.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import S3rver, { type Context } from "s3rver";

/** A server that is running. */
export interface RunningS3 {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  readonly bucket: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The ids of unfinished uploads. */
  uploads(): Promise<string[]>;
  /** The keys of objects that are no archives. */
  markers(): Promise<string[]>;
  /** Waits until no request is being answered. */
  idle(): Promise<void>;
  /** Breaks the connection of the next GETs after a part of the answer. */
  breakNext(times: number): void;
  stop(): Promise<void>;
}

const BUCKET = "archives";

/** Starts a server with an empty bucket. */
export async function startS3(): Promise<RunningS3> {
  const directory = await mkdtemp(join(tmpdir(), "waybill-s3-"));
  const options = { address: "127.0.0.1", port: 0, silent: true, configureBuckets: [{ name: BUCKET }] };
  const server = new S3rver({ ...options, directory });
  const folder = join(directory, BUCKET, "._S3rver_uploads");
  const uploads = (): Promise<string[]> => readdir(folder).catch(() => []);
  let active = 0;
  let toBreak = 0;
  server.middleware.unshift(async (context, next) => {
    let over = false;
    const end = (): void => {
      if (!over) active--;
      over = true;
    };
    active++;
    // When a client is gone s3rver may wait for ever for the rest of a body; what came whole it works on to the end.
    context.res.once("close", () => {
      if (!context.res.writableFinished) setTimeout(end, context.method === "PUT" ? 0 : 3000);
    });
    try {
      if (await answered(context, folder, uploads)) return;
      await next();
      if (context.method === "GET" && "x-id" in context.query && toBreak > 0) cutBody(context, () => toBreak--);
    } finally {
      end();
    }
  });
  const { port } = await server.run();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: BUCKET,
    credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
    uploads,
    async markers() {
      const files = await readdir(join(directory, BUCKET), { recursive: true });
      return files.filter((name) => name.includes("/.") && name.endsWith("._S3rver_object"));
    },
    async idle() {
      for (let calm = 0; calm < 3; calm = active === 0 ? calm + 1 : 0) await sleep(20);
    },
    breakNext: (times) => (toBreak = times),
    async stop() {
      server.httpServer.closeAllConnections();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** ListMultipartUploads and AbortMultipartUpload of the S3 API. */
async function answered(context: Context, folder: string, uploads: () => Promise<string[]>): Promise<boolean> {
  const { method, query } = context;
  if (method === "GET" && "uploads" in query) {
    const all = await Promise.all(
      (await uploads()).map(async (id) => ({
        id,
        key: await readFile(join(folder, id, "key"), "utf8").catch(() => ""),
      })),
    );
    const listed = all.filter(({ key }) => key.startsWith(query["prefix"] ?? ""));
    const items = listed.map(({ id, key }) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`);
    context.status = 200;
    context.type = "application/xml";
    context.body = `<ListMultipartUploadsResult>${items.join("")}</ListMultipartUploadsResult>`;
    return true;
  }
  const id = query["uploadId"];
  if (method !== "DELETE" || id === undefined) return false;
  const there = (await uploads()).includes(id);
  if (there) await rm(join(folder, id), { recursive: true });
  context.status = there ? 204 : 404;
  if (!there) {
    context.type = "application/xml";
    context.body = "<Error><Code>NoSuchUpload</Code><Message>There is none.</Message></Error>";
  }
  return true;
}

/** Ends the connection when some of the body has gone. */
function cutBody(context: Context, onCut: () => void): void {
  const body = context.body as NodeJS.ReadableStream & { destroy(error: Error): void };
  let sent = 0;
  body.on("data", (piece: Buffer) => {
    if ((sent += piece.length) < 100_000) return;
    onCut();
    context.req.destroy();
  });
}
