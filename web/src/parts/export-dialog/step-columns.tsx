// Which columns, in which order, and which lists go with the records.
import { Button, Checkbox, Menu, Stack } from "@mantine/core";
import { IconTemplate } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { ListedTemplate } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import type { Choice } from "../column-picker/choice.ts";
import { ColumnPicker } from "../column-picker/column-picker.tsx";
import { useTypeName } from "../export-state/type-name.ts";
import { usePathFields } from "../fields/use-path-fields.ts";
import { problemAt, problemsOfPaths } from "./places.ts";
import type { StepProps } from "./step.ts";

export function StepColumns({
  type,
  draft,
  change,
  problem,
  templates,
}: StepProps & { readonly templates: readonly ListedTemplate[] }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  const typeName = useTypeName();
  const { fields } = usePathFields(org, type, true);
  const available = useMemo(
    () =>
      fields.map(({ path, name, label, documentation, type: its, viaHeading, unit, deidentified }): Choice => ({
        path,
        label: label ?? name,
        documentation: documentation ?? undefined,
        type: [typeName(its), unit, deidentified === null ? null : t("exportDialog.columns.deidentified")]
          .filter((it) => it !== null)
          .join(" · "),
        group: viaHeading ?? undefined,
      })),
    [fields, typeName, t],
  );
  const usual = useMemo(() => type.fields.filter(({ optional }) => !optional).map(({ name }) => name), [type]);
  const paths = draft.paths ?? usual;
  const datasets = templates.filter(({ object }) => object === "dataset-template");
  const startFrom = async (id: string): Promise<void> => {
    const { template } = await client.fetchQuery({
      queryKey: ["dataset-templates", org, id],
      queryFn: ({ signal }) => api.org.getDatasetTemplatesById({ org, id }, { signal }),
    });
    const columns = (template as { columns?: readonly { field?: unknown }[] }).columns ?? [];
    change({ paths: [...new Set(columns.map(({ field }) => field).filter((it) => typeof it === "string"))] });
  };
  return (
    <Stack>
      <ColumnPicker
        available={available}
        value={paths}
        onChange={(next) => change({ paths: next })}
        error={paths.length === 0 ? t("exportDialog.columns.atLeastOne") : problemAt(problem, "paths")}
        problems={problemsOfPaths(problem, paths)}
        tools={
          datasets.length === 0 ? null : (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button size="xs" variant="default" leftSection={<IconTemplate size={14} aria-hidden />}>
                  {t("exportDialog.columns.startFrom")}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => change({ paths: null })}>{t("exportDialog.columns.usual")}</Menu.Item>
                {datasets.map(({ _id, name }) => (
                  <Menu.Item key={_id} onClick={() => void startFrom(_id)}>
                    {name}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          )
        }
      />
      {type.lists.length === 0 ? null : (
        <Checkbox.Group
          label={t("exportDialog.columns.lists")}
          description={t("exportDialog.columns.listsHint")}
          value={[...draft.lists]}
          onChange={(lists) => change({ lists })}
          error={problemAt(problem, "include")}
        >
          <Stack gap={6} mt="xs">
            {type.lists.map(({ name }) => (
              <Checkbox key={name} value={name} label={name} size="sm" />
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </Stack>
  );
}
