// The template that an export is made by, in the revision that it ran.
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import type { ExportDetails } from "./use-live-export.ts";

export function TemplateLink({ of, id }: { readonly of: ExportDetails; readonly id: string }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const kind = of.request["exportTemplate"] === undefined ? "dataset" : "export";
  const { data } = useQuery({
    queryKey: [`${kind}-templates`, org, id],
    queryFn: ({ signal }) =>
      kind === "export"
        ? api.org.getExportTemplatesById({ org, id }, { signal })
        : api.org.getDatasetTemplatesById({ org, id }, { signal }),
    retry: false,
  });
  const revision = of.revisions.find((it) => it.id === id)?.revision;
  const said = revision === undefined ? "" : ` · ${t("exports.asked.revision", { revision })}`;
  if (data === undefined) return `${t("exports.asked.templateHidden")}${said}`;
  return (
    <>
      <Anchor component={Link} to={`/${org}/templates/${kind}/${id}`} size="sm">
        {data.name}
      </Anchor>
      {said}
    </>
  );
}
