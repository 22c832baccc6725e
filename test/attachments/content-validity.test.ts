// Content that was given is still being written when the next file is asked for, and those between them may have failed.
import { expect, it } from "vitest";
import { fileChanged, fileMissing, type OpenedFile } from "../../src/attachments/file-store.ts";
import { type FileRequest, readAhead } from "../../src/attachments/read-ahead.ts";

/** How large files are that are given as a stream. */
const LARGE = 5 << 20;

function file(place: string, size: number, fails = false): FileRequest {
  const opened: OpenedFile = {
    size,
    async *read() {
      if (fails) throw fileChanged();
      yield Buffer.alloc(size, place);
    },
    check: async () => {},
    close: async () => {},
  };
  return { place, size, open: async () => opened };
}

function missing(place: string): FileRequest {
  return {
    place,
    size: null,
    open: async () => {
      throw fileMissing();
    },
  };
}

it.each([
  ["missing files", [missing("b"), missing("c")]],
  ["large files that fail at once", [file("b", LARGE, true), file("c", LARGE, true)]],
])("content stays as it is while %s are passed over", async (_what, between) => {
  async function* requests(): AsyncGenerator<FileRequest> {
    yield* [file("a", 1000), ...between, file("d", 1000), file("e", 1000), file("f", 1000)];
  }
  const given: Uint8Array[] = [];
  const lengths: number[][] = [];
  for await (const read of readAhead(requests(), { signal: new AbortController().signal })) {
    if ("problem" in read) continue;
    if (!(read.content instanceof Uint8Array)) {
      const { content } = read;
      const reading = (async () => {
        for await (const _ of content);
      })();
      await expect(reading).rejects.toThrow("changed");
      continue;
    }
    given.push(read.content);
    lengths.push(given.map(({ length }) => length));
  }
  // One before the last is kept; those before it give their memory back.
  expect(lengths).toEqual([[1000], [1000, 1000], [0, 1000, 1000], [0, 0, 1000, 1000]]);
});
