// A dataset that is written into an export template: a text is changed here; a table can become a template of its own.
import { Button, Fieldset, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Template } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { Problem } from "../../parts/problem.tsx";
import { FixedText } from "./fixed-text.tsx";
import type { Facts } from "./model.ts";
import { readDataset } from "./read-template.ts";
import { writeColumn } from "./write-template.ts";

export function InlinePart({
  body,
  readOnly,
  onChange,
  onKept,
}: {
  readonly body: Facts;
  readonly readOnly: boolean;
  readonly onChange: (body: Facts) => void;
  readonly onKept: (template: Template) => void;
}) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const client = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => api.org.postDatasetTemplates({ org }, { ...body, kind: "dataset-template" }),
    onSuccess(made) {
      void client.invalidateQueries({ queryKey: ["dataset-templates", org] });
      onKept(made);
    },
  });
  if (body["format"] !== "text") {
    return readOnly || !may("templates.create") ? null : (
      <Stack gap="xs" mt={6} align="flex-start">
        <Button size="compact-xs" variant="default" loading={isPending} onClick={() => mutate()}>
          {t("templates.datasets.keep")}
        </Button>
        {error === null ? null : <Problem error={error} />}
      </Stack>
    );
  }
  const { name, fileName, columns } = readDataset(body);
  return (
    <Fieldset variant="unstyled" disabled={readOnly} mt="xs">
      <Stack gap="xs">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          <TextInput
            size="xs"
            label={t("templates.name")}
            value={name}
            onChange={(event) => onChange({ ...body, name: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            label={t("templates.fileName")}
            value={fileName}
            onChange={(event) => onChange({ ...body, fileName: event.currentTarget.value })}
          />
        </SimpleGrid>
        <FixedText
          draft={{ columns }}
          patch={(its) => onChange({ ...body, columns: its.columns.map(writeColumn) })}
          disabled={readOnly}
        />
      </Stack>
    </Fieldset>
  );
}
