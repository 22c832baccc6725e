// Which attached files go into the archive, and what files and folders are called.
import { Checkbox, Chip, Group, Input, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FILE_FORMATS } from "./draft.ts";
import { problemAt } from "./places.ts";
import type { StepProps } from "./step.ts";

const TAGS = ["{record.number}", "{field.name}", "{file.name}", "{index}"];

export function StepFiles({ type, draft, change, problem }: StepProps) {
  const { t } = useTranslation();
  const hasFiles = type.files.length > 0;
  const wants = draft.kind === "files" || draft.withFiles;
  return (
    <Stack>
      {draft.kind === "folders" ? (
        <Checkbox
          label={t("exportDialog.files.with")}
          description={t("exportDialog.files.withHint")}
          checked={draft.withFiles}
          disabled={!hasFiles}
          onChange={(event) => change({ withFiles: event.currentTarget.checked })}
        />
      ) : null}
      {wants && hasFiles ? (
        <Input.Wrapper
          label={t("exportDialog.files.formats")}
          description={t("exportDialog.files.formatsHint")}
          error={problemAt(problem, "fileFormats")}
          labelElement="div"
        >
          <Chip.Group multiple value={[...draft.fileFormats]} onChange={(fileFormats) => change({ fileFormats })}>
            <Group gap={6} mt="xs" role="group" aria-label={t("exportDialog.files.formats")}>
              {FILE_FORMATS.map((format) => (
                <Chip key={format} value={format} size="xs" variant="outline">
                  {t(`exportDialog.files.kinds.${format}`)}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        </Input.Wrapper>
      ) : null}
      <TextInput
        label={t("exportDialog.files.names")}
        description={t("exportDialog.files.namesHint", { tags: TAGS.join(" ") })}
        placeholder={draft.kind === "files" ? "{record.number}/{file.name}" : "{record.number}"}
        value={draft.nameTemplate}
        error={problemAt(problem, "nameTemplate")}
        onChange={(event) => change({ nameTemplate: event.currentTarget.value })}
      />
      <Checkbox
        label={t("exportDialog.files.bag")}
        description={t("exportDialog.files.bagHint")}
        checked={draft.bag}
        error={problemAt(problem, "bag")}
        onChange={(event) => change({ bag: event.currentTarget.checked })}
      />
      {wants ? (
        <Text size="xs" c="dimmed">
          {t("exportDialog.files.long")}
        </Text>
      ) : null}
    </Stack>
  );
}
