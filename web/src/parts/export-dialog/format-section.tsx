// The format of a table with its options, further lists, attached files, and what it is wrapped in.
import { Checkbox, Group, MultiSelect, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { formatName } from "../export-state/format-name.ts";
import { CONTAINERS, LIST_FORMATS, TABLE_FORMATS } from "./draft.ts";
import type { SectionProps } from "./export-form.tsx";
import { FilesSection } from "./files-section.tsx";

export function FormatSection({ type, ...its }: SectionProps & { readonly type: ObjectTypeWithFields }) {
  const { t } = useTranslation();
  const { draft, change, problem } = its;
  const isList = draft.kind === "list";
  const format = isList ? draft.listFormat : draft.format;
  const isText = format === "csv" || format === "tsv";
  const hasFiles = draft.files && !isList;
  const check = (name: "excel" | "header" | "bom" | "files" | "zipFiles") => (
    <Checkbox
      label={t(`exportDialog.format.${name}`)}
      checked={draft[name]}
      onChange={(event) => change({ [name]: event.currentTarget.checked })}
    />
  );
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        <Select
          label={t("exportDialog.format.label")}
          data={(isList ? LIST_FORMATS : TABLE_FORMATS).map((value) => ({ value, label: formatName(value) }))}
          value={format}
          allowDeselect={false}
          error={problem("/format")}
          onChange={(value) => {
            if (isList) change({ listFormat: LIST_FORMATS.find((it) => it === value) ?? "xlsx" });
            else change({ format: TABLE_FORMATS.find((it) => it === value) ?? "csv" });
          }}
        />
        {format === "csv" ? (
          <Select
            label={t("exportDialog.format.delimiter")}
            data={(["", ",", ";", "tab", "|"] as const).map((value) => ({
              value,
              label:
                value === "" ? t("exportDialog.format.usual") : value === "tab" ? t("exportDialog.format.tab") : value,
            }))}
            value={draft.delimiter}
            allowDeselect={false}
            error={problem("/options")}
            onChange={(value) => change({ delimiter: value ?? "" })}
          />
        ) : null}
        <Select
          label={t("exportDialog.format.container")}
          data={CONTAINERS.map((value) => ({ value, label: t(`exportDialog.containers.${value}`) }))}
          value={hasFiles || draft.bag ? "zip" : draft.container}
          disabled={hasFiles || draft.bag}
          allowDeselect={false}
          error={problem("/container")}
          onChange={(value) => change({ container: CONTAINERS.find((it) => it === value) ?? "zip" })}
        />
      </SimpleGrid>
      {isText ? (
        <Group gap="lg">
          {format === "csv" ? check("excel") : null}
          {check("header")}
          {format === "csv" && draft.excel ? null : check("bom")}
        </Group>
      ) : null}
      {isList || type.lists.length === 0 ? null : (
        <MultiSelect
          label={t("exportDialog.format.lists")}
          description={t("exportDialog.format.listsHint")}
          data={type.lists.map(({ name }) => name)}
          value={[...draft.lists]}
          onChange={(lists) => change({ lists })}
        />
      )}
      {isList || type.files.length === 0 ? null : (
        <>
          {check("files")}
          {draft.files ? (
            <>
              <Text size="sm">{t("exportDialog.format.filesHint")}</Text>
              {check("zipFiles")}
              <FilesSection {...its} type={type} />
            </>
          ) : null}
        </>
      )}
    </Stack>
  );
}
