// What an export is wrapped in, and what its download is called.
import { safeName } from "../../archive/names.ts";
import { pathsOf } from "../../engine/archive.ts";
import type { OutputFile } from "../../engine/render.ts";
import type { Container } from "../../engine/run.ts";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import type { ExportPlan } from "../../plan/plan.ts";
import type { ExportBody } from "./body.ts";

export interface Download {
  readonly container: Container;
  /** Safe on every file system, with its suffix. */
  readonly fileName: string;
  readonly mime: string;
}

const PACKED = {
  gzip: { suffix: ".gz", mime: "application/gzip" },
  zstd: { suffix: ".zst", mime: "application/zstd" },
} as const;

/**
 * @param files the data files, which were checked
 * @param date of today in the org's time zone
 * @throws inputError `container-not-suited` at `/container`
 */
export function downloadOf(body: ExportBody, plan: ExportPlan, files: readonly OutputFile[], date: string): Download {
  const container = containerOf(body, plan, files);
  const bare = bareDownload(body, plan, files, container, date);
  // Nobody but its owner can open what is encrypted, so nothing tells what is in it but the name.
  if (body.recipient === undefined) return { container, ...bare };
  return { container, fileName: `${bare.fileName}.age`, mime: "application/octet-stream" };
}

function bareDownload(
  { label, objects }: ExportBody,
  plan: ExportPlan,
  files: readonly OutputFile[],
  container: Container,
  date: string,
): Pick<Download, "fileName" | "mime"> {
  const title = label === undefined || label.trim() === "" ? `${objects ?? plan.asked.object}-${date}` : label.trim();
  const stem = plan.archiveName ?? title;
  if (container === "zip") return { fileName: safeName(stem, "zip"), mime: "application/zip" };
  const [file] = files;
  const isNamed = plan.template !== undefined && plan.datasets[0]?.fileName !== undefined;
  const fileName = isNamed ? pathsOf(files)[0]! : safeName(stem, file!.extension);
  if (container === "none") return { fileName, mime: file!.format.mime };
  const { suffix, mime } = PACKED[container];
  return { fileName: fileName + suffix, mime };
}

function containerOf(body: ExportBody, plan: ExportPlan, files: readonly OutputFile[]): Container {
  // Folders, and what describes a bag, are files too.
  const isSeveral = files.length !== 1 || plan.records !== undefined || plan.bag === true;
  const container = body.container ?? (plan.bare === true && !isSeveral ? "none" : "zip");
  if (container === "zip" || !isSeveral) return container;
  const names = pathsOf(files).join(", ");
  throw inputError(
    "container-not-suited",
    "/container",
    sentence`This export is ${files.length} files (${names}), which only a zip holds.`,
    sentence`Leave the container out, choose a format that nests (json, ndjson), or leave the lists out.`,
  );
}
