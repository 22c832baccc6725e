// The files that are attached to a record, to be looked at and downloaded.
import { Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RecordWithLists } from "../../../api/generated.ts";
import { useShown } from "../../../lib/shown.ts";
import { type Column, DataTable } from "../../../parts/data-table.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { FileActions, FileName } from "./file-cells.tsx";
import { FilePreview } from "./file-preview.tsx";
import { type AttachedFile, attachedFiles, type FilesOf, kindOf, useFileDownload } from "./files.ts";
import { Section } from "./section.tsx";

export function FilesSection({
  id,
  title,
  told: { data, hasMore },
  ...of
}: FilesOf & {
  readonly id: string;
  readonly title: string;
  readonly told: NonNullable<RecordWithLists["files"][string]>;
}) {
  const { t } = useTranslation();
  const shown = useShown();
  const narrow = useMediaQuery("(max-width: 36em)", window.innerWidth < 576) ?? false;
  const [opened, setOpened] = useState<number | null>(null);
  const download = useFileDownload();
  const files = attachedFiles(of, data);
  const seen = files.filter((it) => it.shown !== null);
  const columns = useFileColumns(narrow, setOpened, download.linkTo);
  return (
    <Section id={id} title={title} detail={shown.number(files.length)}>
      {download.error === null ? null : <Problem error={download.error} />}
      {files.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("records.one.files.none")}
        </Text>
      ) : (
        <DataTable
          label={title}
          minWidth={narrow ? 0 : 480}
          columns={columns}
          rows={files}
          keyOf={({ at }) => String(at)}
        />
      )}
      {hasMore ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t("records.one.files.more")}
        </Text>
      ) : null}
      <FilePreview
        files={seen}
        at={opened === null ? -1 : seen.findIndex((it) => it.at === opened)}
        onOpen={(n) => setOpened(n === null ? null : (seen[n]?.at ?? null))}
      />
    </Section>
  );
}

function useFileColumns(
  narrow: boolean,
  onOpen: (at: number) => void,
  linkTo: ReturnType<typeof useFileDownload>["linkTo"],
): readonly Column<AttachedFile>[] {
  const { t } = useTranslation();
  const shown = useShown();
  const kindIn = (file: AttachedFile): string => t(`records.one.files.kinds.${kindOf(file)}`);
  const sizeIn = ({ size }: AttachedFile): string => (size === null ? t("common.unknown") : shown.bytes(size));
  const facts = (file: AttachedFile): string | undefined =>
    narrow ? [kindIn(file), ...(file.size === null ? [] : [sizeIn(file)])].join(" · ") : undefined;
  const name: Column<AttachedFile> = {
    name: "name",
    label: t("records.one.files.file"),
    cell: (file) => <FileName file={file} facts={facts(file)} onOpen={() => onOpen(file.at)} />,
  };
  const actions: Column<AttachedFile> = {
    name: "actions",
    label: t("common.actions"),
    align: "end",
    width: 96,
    cell: (file) => <FileActions file={file} link={linkTo(file)} onOpen={() => onOpen(file.at)} />,
  };
  if (narrow) return [name, actions];
  return [
    name,
    { name: "kind", label: t("records.one.files.kind"), cell: kindIn },
    { name: "size", label: t("records.one.files.size"), align: "end", cell: sizeIn },
    actions,
  ];
}
