// The columns of a batch's exports.
import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import type { Column } from "../../parts/data-table.tsx";
import { formatName } from "../../parts/export-state/format-name.ts";
import { When } from "../../parts/export-state/when.tsx";
import { StateCell } from "../../parts/export-state/state-cell.tsx";
import { ExportActions, ExportName } from "./export-cells.tsx";

/** @param narrow whether all that matters stands in one column */
export function useExportColumns(
  narrow: boolean,
  onProblem: (problem: Error | null) => void,
): readonly Column<Export>[] {
  const { t } = useTranslation();
  const shown = useShown();
  const templates = useTemplateNames();
  const templateOf = ({ template }: Export): string =>
    template === null
      ? t("batches.exports.noTemplate")
      : (templates.get(template) ?? t("batches.exports.unknownTemplate"));
  const actions: Column<Export> = {
    name: "actions",
    label: t("common.actions"),
    align: "end",
    width: 96,
    cell: (of) => <ExportActions of={of} onProblem={onProblem} />,
  };
  const name: Column<Export> = {
    name: "label",
    label: t("batches.exports.name"),
    cell: (of) => <ExportName of={of} />,
  };
  if (narrow) {
    const cell = (of: Export) => (
      <Stack gap={4}>
        <ExportName of={of} />
        <StateCell of={of} />
        <Text size="xs" c="dimmed">
          {templateOf(of)} · {formatName(of.format)} · <When at={of.created} />
          {of.dataFile === null ? null : ` · ${shown.bytes(of.dataFile.size)}`}
        </Text>
      </Stack>
    );
    return [{ ...name, cell }, actions];
  }
  const withFormat = (of: Export) => (
    <>
      {templateOf(of)}
      <Text size="xs" c="dimmed">
        {formatName(of.format)}
      </Text>
    </>
  );
  return [
    name,
    { name: "template", label: t("batches.exports.template"), cell: withFormat },
    { name: "state", label: t("batches.exports.state"), width: 230, cell: (of) => <StateCell of={of} /> },
    { name: "created", label: t("batches.exports.created"), cell: ({ created }) => <When at={created} /> },
    {
      name: "size",
      label: t("batches.exports.size"),
      align: "end",
      cell: ({ dataFile }) => (dataFile === null ? "–" : shown.bytes(dataFile.size)),
    },
    actions,
  ];
}

/** Of those that the reader sees. */
function useTemplateNames(): ReadonlyMap<string, string> {
  const { org, may } = useOrg();
  const enabled = may("templates.see");
  const { data: ofExports } = useQuery({
    queryKey: ["export-templates", org, "names"],
    queryFn: ({ signal }) => api.org.getExportTemplates({ org, limit: 500 }, { signal }),
    staleTime: 60_000,
    enabled,
  });
  const { data: ofDatasets } = useQuery({
    queryKey: ["dataset-templates", org, "names"],
    queryFn: ({ signal }) => api.org.getDatasetTemplates({ org, limit: 500 }, { signal }),
    staleTime: 60_000,
    enabled,
  });
  return new Map([...(ofExports?.data ?? []), ...(ofDatasets?.data ?? [])].map(({ _id, name }) => [_id, name]));
}
