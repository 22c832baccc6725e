// An org with a source and a control database, and people who call in it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll } from "vitest";
import { accessIn } from "../../src/access/org-access.ts";
import { readConfig } from "../../src/config/read.ts";
import { inOrg, type InOrg } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { addMember, putMember, putRole } from "../../src/control/queries/members.ts";
import { addNamespace } from "../../src/control/queries/namespaces.ts";
import type { Namespace, NamespaceRole } from "../../src/control/tables.ts";
import type { Identity } from "../../src/identity/identity.ts";
import { createPerson } from "../../src/identity/people.ts";
import { openOrg, type OpenOrg } from "../../src/orgs/open-org.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { temporaryFolder } from "../setup/control.ts";
import { createMariadb } from "../setup/mariadb.ts";
import { createDatabase } from "../setup/postgres.ts";

/** A database of a test, and a way to change it. */
export interface LabSource {
  readonly url: string;
  readonly run: (sql: string) => Promise<void>;
}

const drops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const drop of drops) await drop();
});

export type Engine = "sqlite" | "postgres" | "mariadb";

export async function labSource(engine: Engine, sql: string): Promise<LabSource> {
  const source = await emptySource(engine);
  await source.run(sql);
  return source;
}

async function emptySource(engine: Engine): Promise<LabSource> {
  if (engine === "sqlite") {
    const file = join(temporaryFolder(), "lab.db");
    return {
      url: `sqlite:${file}`,
      async run(sql) {
        const db = new DatabaseSync(file);
        db.exec(sql);
        db.close();
      },
    };
  }
  const { url, client, drop } = engine === "postgres" ? await createDatabase() : await createMariadb();
  drops.push(drop);
  const query: (sql: string) => Promise<unknown> = client.query.bind(client);
  return {
    url,
    async run(sql) {
      await query(sql);
    },
  };
}

/** An org of a configuration with the source `main`. */
export async function labOrg(url: string, org: Readonly<Record<string, unknown>>, code = "lab"): Promise<OpenOrg> {
  const file = join(temporaryFolder(), "waybill.yaml");
  const salt = "a salt of tests, longer than thirty-two characters";
  writeFileSync(file, JSON.stringify({ orgs: { [code]: { salt, sources: { main: { url } }, ...org } } }));
  const config = await readConfig(file, {});
  const { signal } = new AbortController();
  return openOrg(config, config.orgs.get(code)!, { file, warn: () => {}, signal });
}

/** The people and namespaces of an org in a control database. */
export class Lab {
  readonly at: InOrg;
  readonly #control: Control;
  readonly #org: OpenOrg;

  constructor(control: Control, org: OpenOrg) {
    this.#control = control;
    this.#org = org;
    this.at = inOrg(control.db, org.code);
  }

  namespace(key: string, parent: Namespace | null = null): Promise<Namespace> {
    return addNamespace(this.at, { parent: parent?.id ?? null, code: key, name: key, key });
  }

  /** Somebody new with roles in namespaces, or an administrator. */
  async person(name: string, roles: "admin" | readonly (readonly [Namespace, NamespaceRole])[]): Promise<Person> {
    const email = `${name}@example.org`;
    const { id } = await createPerson(this.#control, { email, name, password: null });
    await addMember(this.at, id);
    const role = roles === "admin" ? "admin" : null;
    await putMember(this.at, id, role);
    for (const [namespace, its] of roles === "admin" ? [] : roles) await putRole(this.at, namespace.id, id, its);
    const person = { id, email, name, language: null, timeZone: null, theme: null };
    const via = { kind: "session", id: "s" } as const;
    return { identity: { person, orgs: new Map([[this.#org.code, role]]), via, setCookies: [] } };
  }

  /** A call of somebody, with the rights that they have now. */
  async call({ identity }: Person, signal: AbortSignal = new AbortController().signal): Promise<OrgCall> {
    const access = await accessIn(this.#control, this.#org.code, identity);
    if (access === null) throw new Error("nobody");
    return { org: async () => this.#org, access, language: "en", address: null, requestId: null, signal };
  }
}

export interface Person {
  readonly identity: Identity;
}
