// The ways to download at once: standard formats, and templates.
import type { api } from "../../api/client.ts";

/** What an export is ordered by. */
export type ExportOrder = Parameters<typeof api.org.postExports>[1];

export const STANDARD = ["xlsx", "csv", "ods", "json", "zip"] as const;
export type Standard = (typeof STANDARD)[number];

export type Way =
  | { readonly kind: "standard"; readonly name: Standard }
  | { readonly kind: "dataset-template" | "export-template"; readonly id: string; readonly name: string };

/** The records, as `ExportOrder` takes them. */
export type Records = Pick<ExportOrder, "objects" | "batch" | "keys" | "where" | "search" | "namespace">;

/**
 * @param hasFiles whether the records have attached files: a zip holds them
 * @param shown columns and order as they are on the screen; templates have their own
 */
export function orderOf(
  records: Records,
  way: Way,
  hasFiles: boolean,
  shown: Pick<ExportOrder, "paths" | "order">,
): ExportOrder {
  switch (way.kind) {
    case "dataset-template":
      return { ...records, datasetTemplate: way.id, container: "none" };
    case "export-template":
      return { ...records, exportTemplate: way.id };
    default:
      if (way.name === "zip") return { ...records, layout: "folders", ...(hasFiles ? { exportFiles: true } : {}) };
      return {
        ...records,
        ...shown,
        format: way.name,
        container: "none",
        // What spreadsheets open at a double click.
        ...(way.name === "csv" ? { options: { preset: "excel" } } : {}),
      };
  }
}
