// Which kinds of files, and how they and their folders are named.
import { Button, Checkbox, Code, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { FILE_FORMATS } from "./draft.ts";
import type { SectionProps } from "./export-form.tsx";

export function FilesSection({ draft, change, problem, type }: SectionProps & { readonly type: ObjectTypeWithFields }) {
  const { t } = useTranslation();
  const isFolders = draft.kind === "folders";
  const wanted = draft.kind === "files" || draft.files;
  const title = type.title ?? type.key[0];
  const tags = [
    "{record.key}",
    ...(title === undefined || type.key.includes(title) ? [] : [`{record.${title}}`]),
    ...(wanted ? ["{index}", "{file.name}"] : []),
  ];
  const standard = wanted ? "{record.key}/{file.name}" : "{record.key}";
  return (
    <Stack gap="sm">
      {isFolders && type.files.length > 0 ? (
        <Checkbox
          label={t("exportDialog.format.files")}
          description={t("exportDialog.format.filesHint")}
          checked={draft.files}
          onChange={(event) => change({ files: event.currentTarget.checked })}
        />
      ) : null}
      {wanted ? (
        <Checkbox.Group
          label={t("exportDialog.files.label")}
          description={t("exportDialog.files.hint")}
          value={[...draft.fileFormats]}
          onChange={(fileFormats) => change({ fileFormats })}
          error={problem("/fileFormats") ?? problem("/exportFiles")}
        >
          <SimpleGrid cols={{ base: 2, xs: 3, md: 4 }} spacing="xs" verticalSpacing={8} mt={6} mb={6}>
            {FILE_FORMATS.map((name) => (
              <Checkbox key={name} value={name} label={t(`exportDialog.files.${name}`)} />
            ))}
          </SimpleGrid>
          <Group gap={6}>
            <Button size="compact-xs" variant="default" onClick={() => change({ fileFormats: FILE_FORMATS })}>
              {t("exportDialog.picker.all")}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => change({ fileFormats: [] })}>
              {t("exportDialog.picker.none")}
            </Button>
          </Group>
        </Checkbox.Group>
      ) : null}
      <TextInput
        label={t("exportDialog.names.label")}
        description={t("exportDialog.names.hint")}
        placeholder={standard}
        value={draft.nameTemplate}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        onChange={(event) => change({ nameTemplate: event.currentTarget.value })}
        error={problem("/nameTemplate")}
      />
      <Group gap={6}>
        {tags.map((tag) => (
          <Button
            key={tag}
            size="compact-xs"
            variant="default"
            ff="monospace"
            aria-label={t("exportDialog.names.insert", { tag })}
            onClick={() => change({ nameTemplate: draft.nameTemplate + tag })}
          >
            {tag}
          </Button>
        ))}
      </Group>
      <Text size="sm" component="div">
        {t("exportDialog.names.example")} <Code>{example(draft.nameTemplate.trim() || standard, wanted)}</Code>
      </Text>
    </Stack>
  );
}

/** About what a name looks like; the server makes it safe, and no two alike. */
function example(template: string, hasFiles: boolean): string {
  const values: Readonly<Record<string, string>> = {
    "{record.key}": "4711",
    "{record.index}": "1",
    "{index}": "1",
    "{file.name}": "photo.jpg",
  };
  const name = template.replaceAll(/\{[^{}]*\}/g, (tag) => values[tag] ?? tag.slice(1, -1).replace(/^.*\./, ""));
  if (template.includes("/")) return name;
  return hasFiles ? (/\{(?:file\.|index)/.test(template) ? `4711/${name}` : `${name}/photo.jpg`) : `${name}/`;
}
