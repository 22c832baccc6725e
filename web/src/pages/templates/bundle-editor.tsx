// The editor of export templates: what it is on the left, the archive that it gives on the right.
import { Fieldset, Grid, SimpleGrid, Stack, Switch, TextInput, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { BundlePreview } from "./bundle-preview.tsx";
import { errorAt } from "./field-errors.ts";
import { FileNameField } from "./file-name-field.tsx";
import { focusPlace } from "./focus-place.ts";
import type { Bundle } from "./model.ts";
import { NameFields } from "./name-fields.tsx";
import classes from "./read-only.module.css";
import { PartsEditor } from "./parts-editor.tsx";
import type { Editing } from "./template-frame.tsx";
import { type Places, usePreview } from "./use-preview.ts";
import { writeBundle } from "./write-template.ts";

export function BundleEditor({ draft, setDraft, readOnly, nameMissing, place }: Editing<Bundle>) {
  const { t } = useTranslation();
  const patch = (some: Partial<Bundle>): void => setDraft((its) => ({ ...its, ...some }));
  const places: Places = draft.parts.map((it, n) => [`/datasets/${n}`, it.key] as const);
  const found = usePreview("export", writeBundle(draft), places, draft.parts.length > 0);
  const findings = found.data?.findings ?? [];
  return (
    <Grid gap="lg" className={readOnly ? classes["content"] : undefined}>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Stack gap="lg">
          <Fieldset variant="unstyled" disabled={readOnly}>
            <Stack gap="sm">
              <NameFields draft={draft} patch={patch} findings={findings} nameMissing={nameMissing} />
              <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
                <TextInput
                  label={t("templates.version")}
                  description={t("templates.versionHint")}
                  data-pointer="/version"
                  value={draft.version}
                  onChange={(event) => patch({ version: event.currentTarget.value })}
                  error={errorAt(findings, "/version")}
                />
                {place}
              </SimpleGrid>
              <FileNameField
                label={t("templates.archiveName")}
                pointer="/fileName"
                value={draft.fileName}
                onChange={(fileName) => patch({ fileName })}
                error={errorAt(findings, "/fileName")}
                now={draft.parts.length === 0 ? undefined : found.data?.preview.fileName}
                placeholder={t("templates.archiveNameDefault")}
              />
              <Switch
                label={t("templates.compressed")}
                description={t("templates.compressedHint")}
                checked={draft.compressed}
                onChange={(event) => patch({ compressed: event.currentTarget.checked })}
              />
            </Stack>
          </Fieldset>
          <Title order={2}>{t("templates.datasets.title")}</Title>
          <PartsEditor parts={draft.parts} setDraft={setDraft} found={found.data} readOnly={readOnly} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <BundlePreview
          found={found}
          isEmpty={draft.parts.length === 0}
          onGoTo={({ item, pointer, rest }) => focusPlace(item === null ? pointer : `${item}${rest}`)}
        />
      </Grid.Col>
    </Grid>
  );
}
