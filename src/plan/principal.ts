// Whoever an export is made for, as policies see them.

/** What a person may do in an org, each including the ones before it (CONTRACT section 7). */
export const ROLES = ["guest", "analyst", "maintainer", "owner", "admin"] as const;
export type Role = (typeof ROLES)[number];

export interface Principal {
  readonly email: string | null;
  readonly id: string | null;
  readonly role: Role | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The keys of the namespaces that they may see; null where that is not known here. */
  readonly namespaces: readonly string[] | null;
}

/** Whether a role is at least another. */
export function reaches(role: Role | null, other: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(other);
}
