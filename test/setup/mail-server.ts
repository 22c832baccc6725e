// A real SMTP server on loopback that keeps what it gets.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

export interface ReceivedMail {
  readonly to: readonly string[];
  /** As it was sent, quoted-printable undone. */
  readonly text: string;
}

/** A server that goes when the test is over. @param refuse whether it takes nobody's mail */
export async function startMailServer(refuse = false): Promise<{ url: string; mails: ReceivedMail[] }> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onAuth: ({ username, password }, _session, done) => {
      if (username === "waybill" && password === "s3cret-smtp") done(null, { user: username });
      else done(new Error("not accepted"));
    },
    onRcptTo: (_address, _session, done) => done(refuse ? new Error("nobody here") : undefined),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        const text = Buffer.concat(chunks).toString("latin1").replaceAll("=\r\n", "");
        const decoded = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.from(decoded, "latin1").toString(),
        });
        done();
      });
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://waybill:s3cret-smtp@127.0.0.1:${port}`, mails };
}
