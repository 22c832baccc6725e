// The vault: archives in a store, encrypted while they are written, and readable at any place.
import { failure } from "../lib/errors.ts";
import type { Recipient } from "./age-keys.ts";
import { firstKey, type KeyFile, nextKey, readKeys } from "./key-files.ts";
import { Sealing } from "./sealing.ts";
import type { Putting, Store, Stored } from "./store.ts";
import { type Readable, unseal } from "./unsealing.ts";

/** Archives by name (see `checkName`). All of it throws what the store throws, too. */
export interface Vault {
  /** Where it is, for people. */
  readonly place: string;
  /**
   * Begins an archive. What is written to it is encrypted, and has its name only when it is published.
   * @param recipient who alone can open it; else it is the vault's current key
   */
  seal(name: string, recipient?: Recipient): Promise<Putting>;
  /**
   * Opens an archive. What it gives is authentic; `size` is that of the plain text.
   * @throws failure `archive-key-missing`, `archive-damaged`, then or while it is read
   */
  open(name: string): Promise<Readable>;
  /** Opens an archive as it lies in the store, for whoever has the key. */
  openSealed(name: string): Promise<Readable>;
  delete(name: string): Promise<void>;
  list(): AsyncIterable<Stored>;
  /** Removes what writers that are gone have left. */
  clear(): Promise<void>;
  /** Makes a new key for new archives, and gives its recipient. */
  rotate(): Promise<string>;
  close(): Promise<void>;
}

/**
 * Opens a vault, clears up in it, and makes its key at the first start.
 * @param keys the folder of the key files
 * @throws failure `keys-missing` where there are archives and no key; and as `readKeys` and the store
 */
export async function openVault(store: Store, keys: string): Promise<Vault> {
  await store.clear();
  if ((await readKeys(keys)).length === 0) {
    for await (const _ of store.list()) {
      // Unless another process, which has just made the first key, was so quick.
      if ((await readKeys(keys)).length === 0) throw keysMissing(keys);
      break;
    }
    await firstKey(keys);
    await readKeys(keys);
  }
  return {
    place: store.place,
    async seal(name, recipient) {
      // Read anew each time: another process may have made a new key.
      const to = recipient ?? current(await readKeys(keys), keys);
      const putting = await store.put(name);
      const sealing = new Sealing(putting, [to]);
      return {
        write: (bytes) => sealing.write(bytes),
        async publish() {
          await sealing.end();
          await putting.publish();
        },
        async discard() {
          await sealing.settled();
          await putting.discard();
        },
      };
    },
    async open(name) {
      const identities = (await readKeys(keys)).flatMap((it) => it.identities);
      const sealed = await store.open(name);
      try {
        return await unseal(sealed, identities, name);
      } catch (error) {
        await sealed.close();
        throw error;
      }
    },
    openSealed: (name) => store.open(name),
    delete: (name) => store.delete(name),
    list: () => store.list(),
    clear: () => store.clear(),
    async rotate() {
      await nextKey(keys);
      return current(await readKeys(keys), keys).text;
    },
    close: () => store.close(),
  };
}

function current(files: readonly KeyFile[], keys: string): Recipient {
  const newest = files.at(-1)?.identities.at(-1);
  if (newest === undefined) throw keysMissing(keys);
  return newest.recipient;
}

function keysMissing(keys: string): Error {
  return failure("keys-missing", `The vault holds archives, but there is no key in "${keys}".`, {
    hint: "Put the keys back (waybill restore <folder>); a new key would not open what is there.",
  });
}
