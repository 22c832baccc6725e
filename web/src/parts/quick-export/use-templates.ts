// The templates that records of an object type can be downloaded by.
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { ListedTemplate } from "../../api/generated.ts";

/** Dataset templates of the object type, and export templates, which say themselves what they are of. */
export function useTemplates(org: string, object: string, enabled: boolean): readonly ListedTemplate[] | undefined {
  const datasets = useQuery({
    queryKey: ["dataset-templates", org, "of", object],
    queryFn: async ({ signal }) => {
      const where = JSON.stringify({ objects: object });
      return (await api.org.getDatasetTemplates({ org, where, sort: "name", limit: 100 }, { signal })).data;
    },
    enabled,
  });
  const bundles = useQuery({
    queryKey: ["export-templates", org, "of", object],
    queryFn: async ({ signal }) => {
      const { data } = await api.org.getExportTemplates({ org, sort: "name", limit: 100 }, { signal });
      return data.filter((it) => it.objects === null || it.objects === object);
    },
    enabled,
  });
  if (datasets.data === undefined && bundles.data === undefined) return undefined;
  return [...(datasets.data ?? []), ...(bundles.data ?? [])];
}
