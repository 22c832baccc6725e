// The attached files of a record: where each is, and which can be looked at.
import { useMutation } from "@tanstack/react-query";
import type { MouseEvent } from "react";
import { fetchPlain } from "../../../api/client.ts";
import type { RecordWithLists } from "../../../api/generated.ts";
import { BASE_PATH } from "../../../lib/base-path.ts";

type Told = NonNullable<RecordWithLists["files"][string]>["data"][number];

export interface AttachedFile extends Told {
  /** Its place among the record's files. */
  readonly at: number;
  readonly address: string;
  /** How it is looked at; null where it is not. */
  readonly shown: "picture" | "text" | null;
}

const KINDS = [
  ...(["fasta", "fastq", "text", "csv", "tsv", "spreadsheet"] as const),
  ...(["json", "genbank", "image", "pdf", "unknown"] as const),
];
export type FileKind = (typeof KINDS)[number];

export function kindOf({ type }: Pick<Told, "type">): FileKind {
  return KINDS.find((it) => it === type) ?? "unknown";
}

const TEXTS: ReadonlySet<string> = new Set(["fasta", "fastq", "text", "csv", "tsv", "json", "genbank"]);
const PICTURES = /\.(?:a?png|jpe?g|jfif|gif|webp|avif|bmp|ico)$/i;
const COMPRESSED = /\.(?:gz|gzip|bgz|bgzf|bz2|xz|lzma|zst|zstd|lz4|br|z|zip|7z)$/i;
/** Kinds that have no name of their own here, and are texts. */
const OTHER_TEXTS = /\.(?:html?|svg|xml|ya?ml|toml|sql|js|css|rtf|ini|sh|r|py)$/i;

export interface FilesOf {
  readonly org: string;
  readonly object: string;
  readonly recordKey: string;
  /** Which of the record's files. */
  readonly files: string;
}

export function attachedFiles(
  { org, object, recordKey, files }: FilesOf,
  told: readonly Told[],
): readonly AttachedFile[] {
  const parts = (key: string) => [org, "v2", "objects", object, "records", recordKey, "files", files, key];
  return told.map((file, at) => ({
    ...file,
    at,
    address: `${BASE_PATH}/${parts(file.key ?? String(at))
      .map(encodeURIComponent)
      .join("/")}`,
    shown: shownAs(file),
  }));
}

function shownAs({ name, type }: Told): AttachedFile["shown"] {
  if (COMPRESSED.test(name)) return null;
  if (PICTURES.test(name)) return "picture";
  return TEXTS.has(type) || OTHER_TEXTS.test(name) ? "text" : null;
}

/** Asks first whether it can be had: a refusal would take the reader away from the page. */
export function useFileDownload() {
  const { mutate, error, reset } = useMutation({
    async mutationFn({ address }: AttachedFile) {
      const answer = await fetch(address, { method: "HEAD" }).catch(() => null);
      if (answer?.ok === true) return address;
      // The answer to HEAD has no words.
      const again = await fetchPlain(address);
      await again.body?.cancel();
      return address;
    },
    onSuccess: (address) => window.location.assign(address),
  });
  const linkTo = (file: AttachedFile) => ({
    href: file.address,
    onClick(event: MouseEvent<HTMLAnchorElement>) {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      mutate(file);
    },
  });
  return { linkTo, error, reset };
}
