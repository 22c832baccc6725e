// A tree from the paths of files.

export interface Folder {
  readonly name: string;
  readonly folders: readonly Folder[];
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  /** Files in it and below, and their bytes. */
  readonly count: number;
  readonly bytes: number;
}

type Entry = { readonly path: string; readonly bytes: number };

/** Folders and files stay in the order in which the archive has them. */
export function treeOf(entries: readonly Entry[], name = ""): Folder {
  const below = new Map<string, Entry[]>();
  const files: { name: string; bytes: number }[] = [];
  for (const { path, bytes } of entries) {
    const slash = path.indexOf("/");
    if (slash === -1) {
      files.push({ name: path, bytes });
      continue;
    }
    const first = path.slice(0, slash);
    const its = below.get(first) ?? [];
    if (its.length === 0) below.set(first, its);
    its.push({ path: path.slice(slash + 1), bytes });
  }
  const folders = [...below].map(([its, members]) => treeOf(members, its));
  return {
    name,
    folders,
    files,
    count: entries.length,
    bytes: entries.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
