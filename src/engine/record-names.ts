// How the folders of records and the files in them are called: rendered from name templates, safe, and no two alike.
import { fileFormat } from "../attachments/file-format.ts";
import { pairedEnds } from "../attachments/paired-ends.ts";
import { folded, safeName } from "../archive/names.ts";
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

/** Gives the same names again for the same records in the same order. */
export class RecordNames {
  readonly #plan: Pick<RecordsPlan, "tags" | "formats">;
  readonly #folder: NameTemplate;
  readonly #file: NameTemplate;
  readonly #prefix: string;
  readonly #ownFolders: boolean;
  readonly #zone: Zone | null;
  readonly #taken = new Set<string>();
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
    const named = this.#prefix + pathOf(this.#folder.render(recordTag));
    const folder = this.#ownFolders ? this.#unique(named) : named;
    if (this.#ownFolders) for (const name of OWN_FILES) this.#taken.add(`${folded(folder)}/${name}`);
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
      return this.#unique(`${folder}/${safeName(name)}`);
    });
    const files = inOrder.map(({ file, direction }, n): PlacedFile => {
      const other = direction === null ? null : places[direction === "forward" ? n + 1 : n - 1]!;
      return { ...file, place: places[n]!, pair: direction === null ? null : { direction, with: other! } };
    });
    return { folder, name: tags.get("record.key") ?? index, files };
  }

  /** The path, or the next that is free: `a.txt`, then `a (2).txt`. */
  #unique(path: string): string {
    const name = path.slice(path.lastIndexOf("/") + 1);
    const above = path.slice(0, path.length - name.length);
    const dot = name.lastIndexOf(".");
    const suffix = dot > 0 ? name.slice(dot + 1) : "";
    const stem = dot > 0 ? name.slice(0, dot) : name;
    let found = path;
    for (let n = 2; this.#taken.has(folded(found)); n++) found = above + safeName(`${stem} (${n})`, suffix);
    this.#taken.add(folded(found));
    return found;
  }
}

/** Each part of a path as a safe name. */
function pathOf(text: string): string {
  return text
    .split("/")
    .filter((part) => part !== "")
    .map((part) => safeName(part))
    .join("/");
}
