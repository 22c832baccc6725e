// What a store of archives is: files that appear under their names only when complete, and can be read at any place.
import { failure, type WaybillError } from "../lib/errors.ts";
import type { Readable } from "./unsealing.ts";

/** A file in a store. */
export interface Stored {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly modified: Date;
}

/** A file on its way into a store. Every one ends with `discard`, which does nothing after `publish`. */
export interface Putting {
  /** Takes bytes, one call at a time; they may be used again when it is done. */
  write(bytes: Uint8Array): Promise<void>;
  /** Makes the file complete: from here on it has its name, in place of one that was there. */
  publish(): Promise<void>;
  /** Removes what is not published. */
  discard(): Promise<void>;
}

/**
 * Where archives lie. A name is made of letters, digits, `.`, `_` and `-`, and does not begin with a dot.
 * What cannot be done is thrown in plain words that hold no secrets: failure `store-failed`, `store-full`,
 * `archive-missing`.
 */
export interface Store {
  /** Where it is, for people. */
  readonly place: string;
  put(name: string): Promise<Putting>;
  open(name: string): Promise<Readable>;
  /** Removes a file; one that is not there is no error. */
  delete(name: string): Promise<void>;
  /** All complete files, in no particular order. */
  list(): AsyncIterable<Stored>;
  /** Removes what writers that are gone have left, and nothing of those that live. To be called at each start. */
  clear(): Promise<void>;
  /** Ends connections. */
  close(): Promise<void>;
}

/** After so many milliseconds without a sign of life, a writer on another machine is gone. */
export const ABANDONED = 3_600_000;

/** How often a writer gives a sign of life, in milliseconds. */
export const SIGN_OF_LIFE = 300_000;

const MOST_CHARACTERS = 180;

/** @throws RangeError for a name that no store takes: names are made by Waybill, not by people. */
export function checkName(name: string): void {
  if (name.length > MOST_CHARACTERS || !/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(name)) {
    throw new RangeError("a name that no store takes");
  }
}

/** There is no such archive. */
export function archiveMissing(name: string): WaybillError {
  return failure("archive-missing", `There is no archive "${name}" in the vault.`, {
    hint: "It may have expired, or been deleted.",
  });
}

/** Less came than the file has. */
export function archiveCut(name: string): WaybillError {
  return failure("archive-damaged", `The archive "${name}" ended too early while it was read.`, {
    hint: "Check the disk, or the network to the store.",
  });
}
