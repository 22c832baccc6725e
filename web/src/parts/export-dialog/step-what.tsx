// The first step: a table, files, folders, or what a template says.
import { Group, Radio, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ListedTemplate } from "../../api/generated.ts";
import type { Kind } from "./draft.ts";
import { problemAt } from "./places.ts";
import type { StepProps } from "./step.ts";

export function StepWhat({
  kinds,
  templates,
  draft,
  change,
  problem,
}: StepProps & { readonly kinds: readonly Kind[]; readonly templates: readonly ListedTemplate[] }) {
  const { t } = useTranslation();
  const { kind, template } = draft;
  const groups = (["export-template", "dataset-template"] as const).map((its) => ({
    group: t(`exportDialog.what.${its}`),
    items: templates
      .filter(({ object }) => object === its)
      .map(({ _id, name }) => ({ value: `${its} ${_id}`, label: name })),
  }));
  const chosen = templates.find(({ _id }) => _id === template?.id);
  return (
    <Stack>
      <Radio.Group
        label={t("exportDialog.what.label")}
        value={kind}
        onChange={(value) => change({ kind: value, ...(value === "files" ? { withFiles: true } : {}) })}
      >
        <Stack gap="xs" mt="xs">
          {kinds.map((its) => (
            <Radio.Card key={its} value={its} p="sm" radius="sm" aria-labelledby={`kind-${its}`}>
              <Group wrap="nowrap" align="flex-start">
                <Radio.Indicator mt={2} />
                <Stack gap={2}>
                  <Text id={`kind-${its}`} size="sm" fw={600}>
                    {t(`exportDialog.what.${its}`)}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {t(`exportDialog.what.${its}Hint`)}
                  </Text>
                </Stack>
              </Group>
            </Radio.Card>
          ))}
        </Stack>
      </Radio.Group>
      {kind === "template" ? (
        <Select
          label={t("exportDialog.what.which")}
          placeholder={t("exportDialog.what.choose")}
          data={groups.filter(({ items }) => items.length > 0)}
          value={template === null ? null : `${template.kind} ${template.id}`}
          description={chosen?.description ?? undefined}
          error={problemAt(problem, "datasetTemplate") ?? problemAt(problem, "exportTemplate")}
          searchable
          required
          withAsterisk={false}
          onChange={(value) => {
            const [its, id] = (value ?? "").split(" ");
            change({ template: id === undefined ? null : { kind: its as "dataset-template", id } });
          }}
        />
      ) : null}
    </Stack>
  );
}
