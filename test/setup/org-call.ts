// Calls in an org of a configuration, as the service makes them.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OrgAccess } from "../../src/access/org-access.ts";
import { readConfig } from "../../src/config/read.ts";
import type { NamespaceRole } from "../../src/control/tables.ts";
import { openOrg, type OpenOrg } from "../../src/orgs/open-org.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { SALT } from "./export.ts";

/** An org named lab with the source main, opened as the program opens it. */
export async function openLab(
  url: string,
  objects: Readonly<Record<string, unknown>> = {},
  org: Readonly<Record<string, unknown>> = {},
): Promise<OpenOrg> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-lab-"));
  try {
    const file = join(folder, "waybill.yaml");
    const lab = { salt: SALT, sources: { main: { url } }, objects, ...org };
    // JSON is YAML.
    writeFileSync(file, JSON.stringify({ orgs: { lab } }));
    const config = await readConfig(file, {});
    const { signal } = new AbortController();
    return await openOrg(config, config.orgs.get("lab")!, { file, warn: () => {}, signal });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Somebody with roles in namespaces, each by the key that its records hold; an administrator without any. */
export function callBy(
  org: OpenOrg,
  roles: Readonly<Record<string, NamespaceRole>> | "admin",
  more: Partial<OrgCall> & { readonly email?: string; readonly at?: OrgAccess["at"] } = {},
): OrgCall {
  const { email = "ada@example.org", at = { org: "lab" } as OrgAccess["at"], ...rest } = more;
  const person = { id: "ada", email, name: "Ada", language: null, timeZone: null, theme: null };
  const isAdmin = roles === "admin";
  const identity: OrgAccess["identity"] = {
    person,
    orgs: new Map([["lab", isAdmin ? "admin" : null]]),
    via: { kind: "session", id: "s" },
    setCookies: [],
  };
  const held = isAdmin ? [] : Object.entries(roles);
  return {
    org: async () => org,
    access: {
      at,
      identity,
      isAdmin,
      namespaces: new Map(held.map(([key, role]) => [`ns-${key}`, { key, parent: null, isArchived: false, role }])),
    },
    language: "en",
    address: null,
    requestId: null,
    signal: new AbortController().signal,
    ...rest,
  };
}
