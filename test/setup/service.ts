// A whole service for tests: two orgs with the same data and names, and somebody of each role.
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll } from "vitest";
import type { OrgConfig } from "../../src/config/config.ts";
import { readConfig } from "../../src/config/read.ts";
import { type InOrg, inOrg } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { addMember, putMember, putRole } from "../../src/control/queries/members.ts";
import { addNamespace } from "../../src/control/queries/namespaces.ts";
import type { Namespace } from "../../src/control/tables.ts";
import { type App, makeApp } from "../../src/http/app.ts";
import type { HttpOptions } from "../../src/http/service.ts";
import type { Mailer } from "../../src/mail/mailer.ts";
import { openSignIn, type SignIn } from "../../src/identity/sign-in.ts";
import { createToken, type Scope, SCOPES } from "../../src/identity/tokens.ts";
import type { ExportParts } from "../../src/exports/parts.ts";
import { type Exports, openExports } from "../../src/start/exports.ts";
import { type Orgs, orgsOf } from "../../src/orgs/orgs.ts";
import { emptyControl, type Kind, temporaryFolder } from "./control.ts";
import { personWithPassword } from "./person.ts";

/** Somebody of each kind: `elsewhere` owns another namespace of the org, `stranger` administers the other org. */
export const ASKERS = [
  ...(["nobody", "stranger", "member", "elsewhere"] as const),
  ...(["guest", "analyst", "maintainer", "owner", "admin"] as const),
];
export type Asker = (typeof ASKERS)[number];

export const BASE_URL = "http://localhost:8080";
const PASSWORD = "four words by chance";

export interface World {
  readonly app: App;
  readonly control: Control;
  readonly orgs: Orgs;
  readonly signIn: SignIn;
  readonly exports: Exports;
  readonly lab: InOrg;
  readonly twin: InOrg;
  /** `soil` with `north` below it, where people have their roles, and `water`, which `elsewhere` owns. */
  readonly soil: Namespace;
  readonly north: Namespace;
  readonly water: Namespace;
  readonly people: Readonly<Record<Exclude<Asker, "nobody">, string>>;
  /** Asks as somebody who is signed in. */
  readonly ask: (as: Asker, request: InjectOptions) => Promise<LightMyRequestResponse>;
  /** The same with another configuration of both orgs, as after a restart; to run exports, and to ask. */
  readonly reconfigured: (change: (its: OrgConfig) => OrgConfig) => Promise<{ app: App; parts: ExportParts }>;
  /** A token of somebody's. */
  readonly token: (of: Exclude<Asker, "nobody">, scopes?: readonly Scope[]) => Promise<string>;
}

export interface WorldOptions {
  readonly mailer?: Mailer | null;
  readonly http?: Partial<HttpOptions>;
  /** More lines below each org. */
  readonly more?: string;
  /** How many exports run at a time; none when absent. */
  readonly slots?: number;
  readonly log?: ExportParts["log"];
}

export async function aWorld(
  kind: Kind,
  { mailer = null, http = {}, more = "", slots = 0, log = () => {} }: WorldOptions = {},
): Promise<World> {
  const control = await emptyControl(kind);
  const folder = temporaryFolder();
  const file = join(folder, "waybill.yaml");
  writeFileSync(file, `orgs:\n${["lab", "twin"].map((org) => orgYaml(org, aSource(folder, org), more)).join("")}`);
  const config = await readConfig(file, {});
  const closing = new AbortController();
  const orgs = orgsOf(config, { file, warn: () => {}, signal: closing.signal });
  const options: HttpOptions = {
    baseUrl: BASE_URL,
    origins: [],
    proxies: [],
    metricsToken: null,
    logLevel: "silent",
    ...http,
  };
  const signIn = await openSignIn({ control, baseUrl: options.baseUrl, mailer, trustedOrigins: options.origins });
  const exports = await openExports({
    control,
    orgs,
    config,
    file,
    vault: { store: join(folder, "vault"), keys: join(folder, "keys") },
    mailer,
    baseUrl: options.baseUrl,
    slots,
    log,
  });
  await exports.start();
  const appOf = (of: Orgs): Promise<App> => {
    const unready = async (): Promise<readonly string[]> => [];
    return makeApp({ control, orgs: of, signIn, mailer, desk: exports.desk, version: "1.2.3", unready }, options);
  };
  const app = await appOf(orgs);
  const others: { app: App; orgs: Orgs }[] = [];
  afterAll(async () => {
    closing.abort();
    for (const other of others) {
      await other.app.close();
      await other.orgs.close();
    }
    await app.close();
    await exports.close(0);
    await signIn.close();
    await orgs.close();
  });

  const [lab, twin] = [inOrg(control.db, "lab"), inOrg(control.db, "twin")];
  const namespacesOf = async (at: InOrg) => {
    const add = (code: string, key: string, parent: Namespace | null) =>
      addNamespace(at, { parent: parent?.id ?? null, code, name: code, key });
    const soil = await add("soil", "1", null);
    return { soil, north: await add("north", "2", soil), water: await add("water", "3", null) };
  };
  const its = await namespacesOf(lab);
  await namespacesOf(twin);
  const people = {} as Record<Exclude<Asker, "nobody">, string>;
  const cookies = {} as Record<Asker, string>;
  for (const name of ASKERS) {
    if (name === "nobody") continue;
    const id = await personWithPassword(control, { email: `${name}@example.org`, name }, PASSWORD);
    people[name] = id;
    if (name === "stranger") await putMember(twin, id, "admin");
    else await (name === "admin" ? putMember(lab, id, "admin") : addMember(lab, id));
    if (name === "elsewhere") await putRole(lab, its.water.id, id, "owner");
    if (name === "guest" || name === "analyst" || name === "maintainer" || name === "owner") {
      await putRole(lab, its.soil.id, id, name);
    }
  }
  const signedIn = async (email: string): Promise<string> => {
    const answer = await app.inject({
      method: "POST",
      url: "/api/auth/sign-in/email",
      headers: { origin: new URL(options.baseUrl).origin },
      payload: { email, password: PASSWORD },
    });
    const cookie = answer.cookies.find((it) => it.name.endsWith("session_token"));
    if (cookie === undefined) throw new Error(`${email} is not signed in: ${answer.body}`);
    return `${cookie.name}=${encodeURIComponent(cookie.value)}`;
  };
  for (const name of ASKERS) if (name !== "nobody") cookies[name] = await signedIn(`${name}@example.org`);
  return {
    app,
    control,
    orgs,
    signIn,
    exports,
    lab,
    twin,
    people,
    ...its,
    ask: (as, request) =>
      app.inject({ ...request, headers: { ...(as === "nobody" ? {} : { cookie: cookies[as] }), ...request.headers } }),
    async reconfigured(change) {
      const changed = { ...config, orgs: new Map([...config.orgs].map(([code, org]) => [code, change(org)])) };
      const other = orgsOf(changed, { file, warn: () => {}, signal: closing.signal });
      const made = { app: await appOf(other), orgs: other };
      others.push(made);
      return { app: made.app, parts: { ...exports.parts, orgs: other } };
    },
    async token(of, scopes = SCOPES) {
      const at = of === "stranger" ? twin : lab;
      const request = { person: people[of], name: "a token", scopes, addresses: [], expiresAt: null };
      return (await createToken(at, request)).token;
    },
  };
}

function orgYaml(org: string, source: string, more: string): string {
  return `  ${org}:
    name: { en: Wetland laboratory, fr: Laboratoire des zones humides }
    salt: ${"0123456789abcdef".repeat(2)}
    sources:
      main: { url: "sqlite:${source}" }
      store: { url: "dir:${dirname(source)}" }
    objects:
      projects: { title: name, label: { en: Projects, fr: Projets } }
      samples:
        label: { en: Samples, fr: Échantillons }
        title: name
        namespace: project_id
        references: { project: { object: projects, by: project_id } }
        lists: { measures: { object: measures, by: sample_id } }
        files:
          papers: { object: papers, by: sample_id, store: store, path: path, name: name, size: size }
          scans: { object: scans, by: sample_id, column: body, name: name }
        fields:
          patient: { deidentify: { below: owner, rule: hash } }
          note: { optional: true }
      measures: {}
      papers: { fields: { path: { hidden: true } } }
      scans: { fields: { body: { optional: true } } }
${more}`;
}

/** Eight samples in three projects; both orgs have the same. */
function aSource(folder: string, org: string): string {
  const file = join(folder, `${org}.db`);
  const db = new DatabaseSync(file);
  db.exec(`
    create table projects (id integer primary key, name text not null);
    create table samples (id integer primary key, project_id integer not null references projects (id), name text not null,
      type text, depth decimal(6,2), collected_on date, patient text, note text);
    create table measures (id integer primary key, sample_id integer not null references samples (id), value integer);
    create table papers (id integer primary key, sample_id integer not null, name text, path text, size integer);
    create table scans (id text primary key, sample_id integer not null, name text, body blob);
    insert into papers values (1, 1, 'note.txt', 'note-of-alder', 17), (2, 5, 'note.txt', 'note-of-alder', 17);
    insert into scans values ('a/b', 1, 'scan.png', x'89504e470d0a1a0a'), ('c', 5, 'scan.png', x'00');
    insert into projects values (1, 'Soil'), (2, 'North'), (3, 'Water');
    insert into samples values
      (1, 1, 'Alder', 'soil', 0.5, '2024-01-05', 'P-1', 'first'), (2, 1, 'Birch', 'soil', 1.25, '2024-02-01', 'P-2', null),
      (3, 2, 'Cedar', 'peat', null, '2024-02-01', 'P-1', null), (4, 2, 'Dogwood', 'peat', 2, null, 'P-3', 'dry'),
      (5, 3, 'Elm', 'water', 10, '2023-12-31', 'P-4', 'hidden words'), (6, 3, 'Fir', 'water', 11, '2024-03-01', 'P-2', null),
      (7, 1, 'Gorse', null, 0.75, '2024-02-01', null, null), (8, 2, 'Hazel', 'soil', 3, '2024-05-05', 'P-5', null);
    insert into measures values (1, 1, 10), (2, 1, 20), (3, 3, 30), (4, 5, 40);
  `);
  db.close();
  writeFileSync(join(folder, "note-of-alder"), "A note of Alder.\n");
  return file;
}
