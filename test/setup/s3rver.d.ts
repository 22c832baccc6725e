// What the tests use of s3rver, which brings no types.
declare module "s3rver" {
  import type { IncomingMessage, Server, ServerResponse } from "node:http";

  /** Of Koa, which s3rver is made with. */
  export interface Context {
    readonly method: string;
    readonly path: string;
    readonly query: Readonly<Record<string, string | undefined>>;
    readonly req: IncomingMessage;
    readonly res: ServerResponse;
    status: number;
    type: string;
    body: unknown;
  }

  export default class S3rver {
    constructor(options: Readonly<Record<string, unknown>>);
    readonly middleware: ((context: Context, next: () => Promise<void>) => Promise<void>)[];
    readonly httpServer: Server;
    run(): Promise<{ readonly port: number }>;
    close(): Promise<void>;
  }
}
