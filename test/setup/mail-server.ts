// A real SMTP server on loopback that keeps what it gets.
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

export interface ReceivedMail {
  readonly to: readonly string[];
  /** As it was sent, quoted-printable undone. */
  readonly text: string;
  /** As it was sent. */
  readonly bytes: Buffer;
}

/** What a server answers instead of taking a mail. */
export interface Refusal {
  readonly at: "sender" | "recipient" | "data";
  /** By RFC 5321; null to end the connection without a word. */
  readonly code: number | null;
}

export interface MailServer {
  readonly url: string;
  readonly mails: ReceivedMail[];
  /** What it does with the next mails; null to take them. */
  refusal: Refusal | null;
  stop(): Promise<void>;
}

/**
 * A server that goes when the test is over.
 * @param refuse whether it takes nobody's mail @param whenOver `afterAll` for one that serves several tests
 */
export async function startMailServer(
  refuse = false,
  whenOver: (stop: () => Promise<void>) => void = onTestFinished,
): Promise<MailServer> {
  const server = await openMailServer(refuse);
  whenOver(() => server.stop());
  return server;
}

/** A server that whoever opens it stops. @param port any that is free when absent */
export async function openMailServer(refuse = false, port = 0): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const sockets = new Set<Socket>();
  const answer = (at: Refusal["at"]): Error | undefined => {
    const refusal = mailServer.refusal;
    if (refusal?.at !== at) return undefined;
    if (refusal.code === null) for (const socket of sockets) socket.destroy();
    return Object.assign(new Error("s3cret words of the server"), { responseCode: refusal.code ?? 421 });
  };
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === "waybill" && password === "s3cret-smtp") done(null, { user: username });
      else done(new Error("not accepted"));
    },
    onMailFrom: (_address, _session, done) => done(answer("sender")),
    onRcptTo: (_address, _session, done) => done(answer("recipient")),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        const refused = answer("data");
        if (refused !== undefined) return done(refused);
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString("latin1").replaceAll("=\r\n", "");
        const decoded = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.from(decoded, "latin1").toString(),
          bytes,
        });
        return done();
      });
    },
  });
  server.on("error", () => {});
  server.server.on("connection", (socket: Socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
  });
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address() as AddressInfo;
  const mailServer: MailServer = {
    url: `smtp://waybill:s3cret-smtp@127.0.0.1:${address.port}`,
    mails,
    refusal: refuse ? { at: "recipient", code: 550 } : null,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return mailServer;
}
