// What kind of file it is, as a picture besides the word.
import {
  IconDna,
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconJson,
  IconPhoto,
  IconTable,
} from "@tabler/icons-react";
import type { FileKind } from "./files.ts";

const ICONS = {
  fasta: IconDna,
  fastq: IconDna,
  text: IconFileText,
  csv: IconTable,
  tsv: IconTable,
  spreadsheet: IconFileSpreadsheet,
  json: IconJson,
  genbank: IconDna,
  image: IconPhoto,
  pdf: IconFileTypePdf,
  unknown: IconFile,
} as const satisfies Record<FileKind, typeof IconFile>;

export function FileIcon({ kind, size = 18 }: { readonly kind: FileKind; readonly size?: number }) {
  const Icon = ICONS[kind];
  return <Icon size={size} stroke={1.6} aria-hidden style={{ flexShrink: 0 }} />;
}
