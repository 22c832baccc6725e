// Name, object type, format and file name of a dataset template.
import { Select, SimpleGrid, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useObjectTypes } from "./facts-hooks.ts";
import { errorAt } from "./field-errors.ts";
import { FileNameField } from "./file-name-field.tsx";
import { type Dataset, FORMATS } from "./model.ts";
import { NameFields } from "./name-fields.tsx";
import type { Finding } from "./use-preview.ts";

export function DatasetBasics({
  draft,
  patch,
  findings,
  nameMissing,
  place,
  fileName,
}: {
  readonly draft: Dataset;
  readonly patch: (some: Partial<Dataset>) => void;
  readonly findings: readonly Finding[];
  readonly nameMissing: boolean;
  readonly place: ReactNode;
  /** As it would be now. */
  readonly fileName: string | undefined;
}) {
  const { t } = useTranslation();
  const { all } = useObjectTypes();
  const isKnown = draft.object === "" || all.some((it) => it.name === draft.object);
  const objects = [
    ...all.map((it) => ({ value: it.name, label: it.label ?? it.name })),
    ...(isKnown ? [] : [{ value: draft.object, label: draft.object }]),
  ];
  return (
    <Stack gap="sm">
      <NameFields draft={draft} patch={patch} findings={findings} nameMissing={nameMissing} />
      {place}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {draft.format === "text" ? null : (
          <Select
            label={t("templates.objectType")}
            data-pointer="/object"
            data={objects}
            value={draft.object === "" ? null : draft.object}
            onChange={(object) => object !== null && patch({ object })}
            placeholder={t("templates.chooseObjectType")}
            searchable
            error={errorAt(findings, "/object")}
          />
        )}
        <Select
          label={t("templates.format")}
          data-pointer="/format"
          data={[
            ...FORMATS.map((it) => ({ value: it, label: t(`templates.formats.${it}`) })),
            ...(FORMATS.some((it) => it === draft.format) ? [] : [{ value: draft.format, label: draft.format }]),
          ]}
          value={draft.format}
          allowDeselect={false}
          // Options are those of the format.
          onChange={(format) =>
            format !== null &&
            format !== draft.format &&
            patch({ format, options: format === "csv" ? { preset: "excel" } : {} })
          }
          error={errorAt(findings, "/format")}
        />
      </SimpleGrid>
      <FileNameField
        label={t("templates.fileName")}
        pointer="/fileName"
        value={draft.fileName}
        onChange={(its) => patch({ fileName: its })}
        error={errorAt(findings, "/fileName")}
        now={fileName}
        placeholder={t("templates.fileNameDefault")}
      />
    </Stack>
  );
}
