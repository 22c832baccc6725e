// A record: its head, its fields, its lists, its files.
import { Badge, Button, CopyButton, Group, Text, UnstyledButton } from "@mantine/core";
import { IconCheck, IconCopy, IconFileExport } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields, RecordWithLists } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { ExportDialog } from "../../../parts/export-dialog/export-dialog.tsx";
import type { ExportSubject } from "../../../parts/export-dialog/subject.ts";
import { PageHead } from "../../../parts/page-head.tsx";
import { FieldsSection } from "./fields-section.tsx";
import { FilesSection } from "./files-section.tsx";
import { ListSection } from "./list-section.tsx";
import { SectionsNav } from "./sections-nav.tsx";
import { useSectionTitles } from "./use-section-titles.ts";
import { isMissing, nameOf, rawText, titleOf, valueOf, type Values } from "./values.ts";

export function RecordView({
  type,
  record,
}: {
  readonly type: ObjectTypeWithFields;
  readonly record: RecordWithLists;
}) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const [exporting, setExporting] = useState<ExportSubject | null>(null);
  const { key } = record;
  const { lists, files } = useSectionTitles(type);
  const sections = [
    { id: "fields", title: t("records.one.fields.title") },
    ...[...lists, ...files].map(({ id, title }) => ({ id, title })),
  ];
  return (
    <>
      <PageHead
        title={titleOf(type, record.record as Values, key)}
        detail={
          <Group gap="sm">
            <Text span size="sm">
              {nameOf(type)}
            </Text>
            <KeyCopy value={key} />
            <State type={type} values={record.record as Values} />
          </Group>
        }
        actions={
          may("exports.create") ? (
            <Button
              leftSection={<IconFileExport size={16} aria-hidden />}
              onClick={() => setExporting({ object: type.name, keys: [key], count: { count: 1, exact: true } })}
            >
              {t("records.one.export")}
            </Button>
          ) : undefined
        }
      />
      <SectionsNav sections={sections} />
      <FieldsSection type={type} record={record} />
      {lists.map(({ id, title, name, object }) => {
        const begun = record.lists[name];
        return begun === undefined ? null : (
          <ListSection
            key={`${key} ${name}`}
            id={id}
            title={title}
            list={name}
            object={object}
            name={type.name}
            recordKey={key}
            begun={begun}
          />
        );
      })}
      {files.map(({ id, title, name }) => {
        const told = record.files[name];
        return told === undefined ? null : (
          <FilesSection
            key={`${key} ${name}`}
            id={id}
            title={title}
            told={told}
            org={org}
            object={type.name}
            recordKey={key}
            files={name}
          />
        );
      })}
      <ExportDialog subject={exporting} onClose={() => setExporting(null)} />
    </>
  );
}

function KeyCopy({ value }: { readonly value: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <UnstyledButton onClick={copy} fz="sm" title={t("records.one.copyKey")}>
          <Group component="span" gap={4}>
            {t("records.one.key", { key: value })}
            {copied ? (
              <>
                <IconCheck size={14} aria-hidden />
                <span role="status">{t("common.copied")}</span>
              </>
            ) : (
              <IconCopy size={14} aria-label={t("records.one.copyKey")} role="img" />
            )}
          </Group>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}

function State({ type, values }: { readonly type: ObjectTypeWithFields; readonly values: Values }) {
  const field = type.fields.find(({ name }) => name === type.state);
  const value = field === undefined ? null : valueOf(values, field.name);
  if (field === undefined || isMissing(value) || typeof value === "object") return null;
  return (
    <Badge variant="default" tt="none">
      {field.labels?.[rawText(value)] ?? rawText(value)}
    </Badge>
  );
}
