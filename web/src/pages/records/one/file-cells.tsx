// An attached file in a table: its name with what it is, and what can be done with it.
import { ActionIcon, Group, Text, Tooltip, UnstyledButton } from "@mantine/core";
import { IconDownload, IconEye } from "@tabler/icons-react";
import type { AnchorHTMLAttributes } from "react";
import { useTranslation } from "react-i18next";
import { FileIcon } from "./file-icon.tsx";
import { type AttachedFile, kindOf } from "./files.ts";
import { Thumbnail } from "./thumbnail.tsx";

export function FileName({
  file,
  facts,
  onOpen,
}: {
  readonly file: AttachedFile;
  /** What columns say where there is room for them. */
  readonly facts: string | undefined;
  readonly onOpen: () => void;
}) {
  const name = (
    <Text span size="sm" style={{ overflowWrap: "anywhere" }}>
      {file.name}
    </Text>
  );
  return (
    <Group gap="sm" wrap="nowrap">
      {file.shown === "picture" ? <Thumbnail file={file} /> : <FileIcon kind={kindOf(file)} size={22} />}
      <div>
        {file.shown === null ? (
          name
        ) : (
          <UnstyledButton onClick={onOpen} c="var(--mantine-color-anchor)">
            {name}
          </UnstyledButton>
        )}
        {facts === undefined ? null : (
          <Text size="xs" c="dimmed">
            {facts}
          </Text>
        )}
      </div>
    </Group>
  );
}

export function FileActions({
  file,
  link,
  onOpen,
}: {
  readonly file: AttachedFile;
  readonly link: Pick<AnchorHTMLAttributes<HTMLAnchorElement>, "href" | "onClick">;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const { name, shown } = file;
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      {shown === null ? null : (
        <Tooltip label={t("records.one.files.preview")}>
          <ActionIcon variant="subtle" aria-label={t("records.one.files.previewIt", { name })} onClick={onOpen}>
            <IconEye size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t("records.one.files.download")}>
        <ActionIcon component="a" variant="subtle" aria-label={t("records.one.files.downloadIt", { name })} {...link}>
          <IconDownload size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
