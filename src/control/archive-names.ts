// What archives are called in the vault.

/** Each run has a name of its own in the vault: one that was thought lost never writes over another. */
export function archiveName(org: string, id: string, run: string): string {
  return `${org}.${id}.${run}`;
}

/** @returns the org of an archive by its name; null for what is none of ours */
export function orgOfArchive(name: string): string | null {
  return /^([A-Za-z0-9][A-Za-z0-9_-]*)\.[0-9a-f-]{36}\.[0-9a-f-]{36}(?:\.preview)?$/.exec(name)?.[1] ?? null;
}
