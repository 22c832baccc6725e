// How the folders of records and the files in them are called: rendered from name templates, safe, and no two alike.
import { fileFormat } from "../attachments/file-format.ts";
import { pairedEnds } from "../attachments/paired-ends.ts";
import { DATA_PACKAGE, MISSING_FILES, README } from "../archive/contents.ts";
import { folded, numberedName, safeName } from "../archive/names.ts";
import type { CellBatch } from "../cells/batch.ts";
import type { Zone } from "../cells/zone.ts";
import { type NameTemplate, parseNameTemplate } from "../lib/name-template.ts";
import type { RecordsPlan } from "../plan/plan.ts";
import { textsOf } from "./cell-texts.ts";
import type { AttachedFile } from "./files-cursor.ts";

/** A file with its place in the archive. */
export interface PlacedFile extends AttachedFile {
  readonly place: string;
  /** Of a paired-end read: which direction it is, and where the other one lies. */
  readonly pair: { readonly direction: "forward" | "reverse"; readonly with: string } | null;
}

export interface PlacedRecord {
  /** Ends without a slash. */
  readonly folder: string;
  /** Its key, or its number, for people. */
  readonly name: string;
  readonly files: readonly PlacedFile[];
}

/** What stands in a folder that a record has to itself, besides its files. */
const OWN_FILES = ["record.json", "record.pdf"];
/** What stands beside the folders. */
const BESIDE = new Set([README, DATA_PACKAGE, MISSING_FILES].map(folded));
/** What is kept of the end of a name that is too long: `.csv`, `.fastq.gz`. */
const SUFFIXES = /^(.+?)\.((?:[a-z0-9]{1,12}\.)?[a-z0-9]{1,12})$/is;

/** Gives the same names again for the same records in the same order. */
export class RecordNames {
  readonly #plan: Pick<RecordsPlan, "tags" | "formats">;
  readonly #folder: NameTemplate;
  readonly #file: NameTemplate;
  readonly #prefix: string;
  readonly #ownFolders: boolean;
  readonly #zone: Zone | null;
  /** Paths as file systems compare them, and the number that the next one of that name gets. */
  readonly #taken = new Map<string, number>();
  #index = 0;

  /**
   * @param prefix what all places begin with: `files/`
   * @param ownFolders whether every record has a folder to itself, since more than its files is put there
   */
  constructor(
    plan: Pick<RecordsPlan, "tags" | "formats" | "folder" | "file">,
    prefix: string,
    ownFolders: boolean,
    zone: Zone | null,
  ) {
    this.#plan = plan;
    this.#folder = parseNameTemplate(plan.folder, () => true);
    this.#file = parseNameTemplate(plan.file, () => true);
    this.#prefix = prefix;
    this.#ownFolders = ownFolders;
    this.#zone = zone;
  }

  /** Places the files of the next record. */
  place(batch: CellBatch, row: number, attached: readonly AttachedFile[]): PlacedRecord {
    const index = String(++this.#index);
    const tags = textsOf(this.#plan.tags, batch, row, this.#zone);
    const recordTag = (tag: string): string => (tag === "record.index" ? index : (tags.get(tag) ?? ""));
    const parts = partsOf(this.#folder.render(recordTag));
    const last = parts.pop()!;
    const above = this.#prefix + parts.map((part) => `${part}/`).join("");
    const folder = this.#ownFolders ? this.#unique(above, last, "") : above + last;
    if (this.#ownFolders) for (const name of OWN_FILES) this.#taken.set(folded(`${folder}/${name}`), 2);
    const { formats } = this.#plan;
    const wanted = formats === null ? attached : attached.filter(({ name }) => formats.includes(fileFormat(name)));
    const pairs = pairedEnds(wanted.map(({ name }) => name));
    const inOrder = pairs.flatMap((group): readonly { file: AttachedFile; direction: "forward" | "reverse" | null }[] =>
      "reverse" in group
        ? [
            { file: wanted[group.forward]!, direction: "forward" },
            { file: wanted[group.reverse]!, direction: "reverse" },
          ]
        : [{ file: wanted[group.single]!, direction: null }],
    );
    const places = inOrder.map(({ file }, n) => {
      const name = this.#file.render((tag) => {
        if (tag === "index") return String(n + 1);
        if (tag === "file.name") return file.name;
        if (tag === "field.name") return file.plan.name;
        return tag.startsWith("record.") ? recordTag(tag) : (file.tags.get(tag) ?? "");
      });
      const [, stem = name, suffix = ""] = SUFFIXES.exec(name) ?? [];
      return this.#unique(`${folder}/`, stem, suffix);
    });
    const files = inOrder.map(({ file, direction }, n): PlacedFile => {
      const other = direction === null ? null : places[direction === "forward" ? n + 1 : n - 1]!;
      return { ...file, place: places[n]!, pair: direction === null ? null : { direction, with: other! } };
    });
    return { folder, name: tags.get("record.key") ?? index, files };
  }

  /** The path, or the next that is free: `a.txt`, then `a (2).txt`. */
  #unique(above: string, stem: string, suffix: string): string {
    const first = above + safeName(stem, suffix);
    const asked = folded(first);
    let number = this.#taken.get(asked);
    let path = first;
    let taken = asked;
    if (number !== undefined) {
      do {
        path = above + numberedName(stem, number++, suffix);
        taken = folded(path);
      } while (this.#taken.has(taken));
      this.#taken.set(asked, number);
    }
    this.#taken.set(taken, 2);
    return path;
  }
}

/** The parts of a path as safe names. The first is none of those that stand beside the folders. */
function partsOf(text: string): string[] {
  const parts = text
    .split("/")
    .filter((part) => part !== "")
    .map((part) => safeName(part));
  if (BESIDE.has(folded(parts[0]!))) parts[0] = `_${parts[0]!}`;
  return parts;
}
