// The content of a file from a place on, unpacked, into memory that is given.
import { closeSync, openSync, readSync } from "node:fs";
import { contentOf, type Packed } from "../unpack.ts";

/** Content that is read once, from its beginning to its end. */
export interface Content {
  /** Reads at most `count` bytes to `at`; gives how many, 0 only at the end. */
  read(into: Uint8Array, at: number, count: number): number | Promise<number>;
  close(): void;
}

/** Opens a file `from` so many bytes of its content on. Only to be used where blocking calls keep nobody waiting. */
export function openContent(file: Packed, from: number): Content {
  return file.compression === "none" ? plain(file.path, from) : unpacked(file, from);
}

function plain(path: string, from: number): Content {
  const descriptor = openSync(path, "r");
  return {
    read(into, at, count) {
      const read = readSync(descriptor, into, at, count, from);
      from += read;
      return read;
    },
    close: () => closeSync(descriptor),
  };
}

function unpacked(file: Packed, from: number): Content {
  const chunks = contentOf(file);
  let chunk: Uint8Array = new Uint8Array(0);
  return {
    async read(into, at, count) {
      while (chunk.length <= from) {
        from -= chunk.length;
        const { value, done } = await chunks.next();
        if (done === true) return 0;
        chunk = value;
      }
      const part = chunk.subarray(from, from + count);
      into.set(part, at);
      chunk = chunk.subarray(from + part.length);
      from = 0;
      return part.length;
    },
    close: () => void chunks.return(undefined),
  };
}
