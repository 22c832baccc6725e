// `npm run demo:serve`: the service on the demo's records, with people who may do more and less. For trying it, and for tests of the web app.
import { cpSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { SMTPServer } from "smtp-server";
import { readConfig } from "../src/config/read.ts";
import { inOrg } from "../src/control/in-org.ts";
import { openControl } from "../src/control/open.ts";
import { addMember, putMember } from "../src/control/queries/members.ts";
import { createPerson } from "../src/identity/people.ts";
import { serve } from "../src/start/serve.ts";
import { buildDemoDatabase } from "./build-database.ts";
import { orderExports, writeHistory } from "./history.ts";
import { writeStoredFiles } from "./stored-files.ts";

/** Everybody's, in the demo. */
const PASSWORD = "four words by chance";

/** Who there is, with their role in every namespace of every organisation. */
const PEOPLE = [
  { email: "ada@example.org", name: "Ada Martin", role: "admin", language: "en" },
  { email: "zoe@example.org", name: "Zoé Lefèvre-Nguyễn", role: "admin", language: "fr" },
  { email: "ann@example.org", name: "Ann Kowalski", role: "analyst", language: "en" },
  { email: "max@example.org", name: "Maxime Lefèvre", role: "maintainer", language: "fr" },
  { email: "gus@example.org", name: "Gus Nguyễn", role: "guest", language: "en" },
] as const;

const { values } = parseArgs({
  options: {
    folder: { type: "string", default: join(import.meta.dirname, "out/service") },
    port: { type: "string", default: "8080" },
    "base-url": { type: "string" },
    // What was exported before, and some exports of today.
    history: { type: "boolean", default: false },
    // For tests, which change a thing or two.
    config: { type: "string", default: join(import.meta.dirname, "waybill.yaml") },
  },
});
const folder = values.folder;
const baseUrl = values["base-url"] ?? `http://localhost:${values.port}`;
const dataDir = join(folder, "data");
const mails = join(folder, "mails");
const isNew = !existsSync(dataDir);

mkdirSync(mails, { recursive: true });
const file = join(folder, "waybill.yaml");
cpSync(values.config, file);
const post = await mailServer();
// Processes that run exports read the configuration themselves.
process.env["DEMO_SMTP"] = `smtp://127.0.0.1:${post.port}`;
const config = await readConfig(file, process.env);
if (isNew) {
  buildDemoDatabase(join(folder, "demo.db"));
  writeStoredFiles(join(folder, "demo.db"), join(folder, "store"));
  const control = await openControl({ dataDir, databaseUrl: null });
  const ids: string[] = [];
  for (const { email, name, role, language } of PEOPLE) {
    const { id } = await createPerson(control, { email, name, password: PASSWORD, language });
    if (role !== "guest") ids.push(id);
    for (const org of config.orgs.keys()) {
      const at = inOrg(control.db, org);
      await (role === "admin" ? putMember(at, id, "admin") : addMember(at, id));
    }
  }
  if (values.history) await writeHistory(control, [...config.orgs.keys()], ids);
  await control.close();
}
const serving = await serve({
  config,
  file,
  dataDir,
  databaseUrl: null,
  vault: { store: join(folder, "vault"), keys: join(folder, "keys") },
  slots: 2,
  grace: 5000,
  host: "127.0.0.1",
  port: Number(values.port),
  baseUrl,
  origins: [],
  proxies: [],
  secret: null,
  metricsToken: null,
  logLevel: "warn",
  logTo: process.stderr,
});
if (isNew) {
  const ask = await asAdministrator();
  await giveRoles(ask);
  if (values.history) await orderExports(ask, [...config.orgs.keys()]);
}
console.log(`Waybill is at ${baseUrl}: sign in as one of these, with the password "${PASSWORD}".`);
for (const { email, role } of PEOPLE) console.log(`  ${email.padEnd(16)} ${role}`);
console.log(`Mail lies in ${mails}.`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void serving.stop().then(() => post.server.close(() => process.exit())));
}

/** The API, as an administrator calls it. */
async function asAdministrator() {
  const { origin } = new URL(baseUrl);
  const signedIn = await fetch(`${serving.address}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ email: PEOPLE[0].email, password: PASSWORD }),
  });
  if (!signedIn.ok) throw new Error(await signedIn.text());
  const cookie = signedIn.headers
    .getSetCookie()
    .map((it) => it.split(";", 1)[0])
    .join("; ");
  return async (method: string, path: string, body?: object): Promise<Listed> => {
    const headers = { cookie, origin, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    const answer = await fetch(serving.address + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
    return answer.status === 204 ? { data: [] } : ((await answer.json()) as Listed);
  };
}

/** Roles are given by an administrator, as people would, once the namespaces were read from the source. */
async function giveRoles(ask: Awaited<ReturnType<typeof asAdministrator>>): Promise<void> {
  for (const [org, { namespaces }] of config.orgs) {
    if (namespaces === "api")
      await ask("POST", `/${org}/v2/namespaces`, { parent: null, code: "centre", name: "Centre" });
    let tree: Listed = { data: [] };
    for (let times = 0; tree.data.length === 0 && times < 200; times++) {
      tree = await ask("GET", `/${org}/v2/namespaces?limit=500`);
      if (tree.data.length === 0) await sleep(100);
    }
    const members = await ask("GET", `/${org}/v2/members`);
    const roots = tree.data.filter(({ parent }) => parent === null);
    for (const { email, role } of PEOPLE.filter((it) => it.role !== "admin")) {
      const person = members.data.find((it) => it.email === email)!;
      for (const { _id } of roots) await ask("PUT", `/${org}/v2/namespaces/${_id}/members/${person._id}`, { role });
    }
  }
}

interface Listed {
  readonly data: readonly { readonly _id: string; readonly parent?: string | null; readonly email?: string }[];
}

/** Keeps every mail as a file. */
async function mailServer(): Promise<{ readonly port: number; readonly server: SMTPServer }> {
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.once("end", () => {
        writeFileSync(join(mails, `${++count}.eml`), Buffer.concat(parts));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.server.address() as AddressInfo).port, server };
}
