// The two kinds of template, and the calls of the API for each.
import { api } from "../../api/client.ts";

export const KINDS = ["export", "dataset"] as const;
export type Kind = (typeof KINDS)[number];

/** What the keys of queries begin with, and the API's paths. */
export function resourceOf(kind: Kind): "dataset-templates" | "export-templates" {
  return kind === "dataset" ? "dataset-templates" : "export-templates";
}

export function callsOf(kind: Kind) {
  const { org } = api;
  return kind === "dataset" ? DATASETS(org) : EXPORTS(org);
}

type Org = typeof api.org;

const DATASETS = (org: Org) => ({
  list: org.getDatasetTemplates,
  get: org.getDatasetTemplatesById,
  create: org.postDatasetTemplates,
  replace: org.putDatasetTemplatesById,
  remove: org.deleteDatasetTemplatesById,
  duplicate: org.postDatasetTemplatesByIdDuplicate,
  preview: org.postDatasetTemplatesPreview,
  versions: org.getDatasetTemplatesByIdVersions,
  shares: org.getDatasetTemplatesByIdShares,
  share: org.putDatasetTemplatesByIdSharesByNamespace,
  unshare: org.deleteDatasetTemplatesByIdSharesByNamespace,
});

const EXPORTS = (org: Org): ReturnType<typeof DATASETS> => ({
  list: org.getExportTemplates,
  get: org.getExportTemplatesById,
  create: org.postExportTemplates,
  replace: org.putExportTemplatesById,
  remove: org.deleteExportTemplatesById,
  duplicate: org.postExportTemplatesByIdDuplicate,
  preview: org.postExportTemplatesPreview,
  versions: org.getExportTemplatesByIdVersions,
  shares: org.getExportTemplatesByIdShares,
  share: org.putExportTemplatesByIdSharesByNamespace,
  unshare: org.deleteExportTemplatesByIdSharesByNamespace,
});
