// The options of the command line that are about attached files and the layout of an archive.
import { FILE_FORMATS } from "../attachments/file-format.ts";
import { usageError } from "../lib/errors.ts";
import { parseJsonText } from "../lib/json-text.ts";
import { suggest } from "../lib/suggest.ts";
import type { FilesRequest } from "../plan/request.ts";

/** Options as commander hands them over. */
export interface FileOptions {
  readonly files?: true;
  readonly zipFiles?: true;
  readonly fileFormats?: string;
  readonly fileWhere?: string;
  readonly layout?: "tables" | "folders" | "files";
  readonly nameTemplate?: string;
  readonly bag?: true;
  readonly font?: readonly string[];
  readonly previewNames?: true;
}

/** @throws usageError `command-line`, `not-json` */
export function filesRequest(options: FileOptions): FilesRequest {
  const { files, zipFiles, fileFormats, fileWhere, layout, nameTemplate, bag } = options;
  const wanted = files === true || zipFiles === true || layout === "files";
  for (const [option, value] of Object.entries({ "--file-formats": fileFormats, "--file-where": fileWhere })) {
    if (value === undefined || wanted) continue;
    throw usageError("command-line", `${option} chooses files, and none are asked for.`, { hint: "Add --files." });
  }
  if (nameTemplate !== undefined && !wanted && layout !== "folders") {
    throw usageError("command-line", "--name-template names files, and none are asked for.", { hint: "Add --files." });
  }
  return {
    ...(files === undefined ? {} : { exportFiles: true }),
    ...(zipFiles === undefined ? {} : { zipFiles: true }),
    ...(fileFormats === undefined ? {} : { fileFormats: formatsIn(fileFormats) }),
    ...(fileWhere === undefined ? {} : { fileWhere: parseJsonText(fileWhere, "--file-where") }),
    ...(layout === undefined ? {} : { layout }),
    ...(nameTemplate === undefined ? {} : { nameTemplate }),
    ...(bag === undefined ? {} : { bag: true }),
  };
}

function formatsIn(list: string): string[] {
  const names = list.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !(FILE_FORMATS as readonly string[]).includes(name));
  if (unknown === undefined) return names;
  throw usageError("command-line", `There is no kind of file "${unknown}".`, { hint: suggest(unknown, FILE_FORMATS) });
}
