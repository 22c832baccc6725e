// The roles that are held in namespaces, from the least.

export const ROLES = ["guest", "analyst", "maintainer", "owner"] as const;
export type Role = (typeof ROLES)[number];
