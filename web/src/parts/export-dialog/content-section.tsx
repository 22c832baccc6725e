// What goes into it: columns and their format, kinds of files and their names, or a template.
import { Button, Group, Input, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { ColumnPicker } from "../column-picker/column-picker.tsx";
import type { SectionProps } from "./export-form.tsx";
import { FilesSection } from "./files-section.tsx";
import { FormatSection } from "./format-section.tsx";
import type { ExportSubject } from "./subject.ts";
import { TemplateSection } from "./template-section.tsx";
import type { Choices } from "./use-choices.ts";

export function ContentSection({
  type,
  choices,
  subject,
  ...its
}: SectionProps & {
  readonly type: ObjectTypeWithFields;
  readonly choices: Choices;
  readonly subject: ExportSubject;
}) {
  const { t } = useTranslation();
  const { draft, change, problem } = its;
  if (draft.kind === "template") return <TemplateSection {...its} object={subject.object} />;
  if (draft.kind === "files" || draft.kind === "folders") return <FilesSection {...its} type={type} />;
  const isList = draft.kind === "list";
  const choose = (paths: readonly string[]): void => change(isList ? { metadata: paths } : { paths });
  const begin = (label: string, paths: readonly string[]) => (
    <Button size="compact-xs" variant="default" onClick={() => choose(paths)}>
      {label}
    </Button>
  );
  return (
    <Stack gap="lg">
      <Input.Wrapper labelElement="div">
        <ColumnPicker
          // What was sought in one kind is not in the other.
          key={draft.kind}
          available={isList ? choices.metadata : choices.all}
          value={isList ? draft.metadata : draft.paths}
          onChange={choose}
          error={problem("/paths")}
          tools={
            isList ? undefined : (
              <Group gap={4} wrap="nowrap">
                {begin(t("exportDialog.columns.standard"), choices.standard)}
                {subject.paths === undefined ? null : begin(t("exportDialog.columns.shown"), subject.paths)}
              </Group>
            )
          }
        />
      </Input.Wrapper>
      <FormatSection {...its} type={type} />
    </Stack>
  );
}
