// A look at an attached file in a dialog: a picture, or the beginning of a text; from there to the file before and the next.
import { ActionIcon, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight, IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../../parts/problem.tsx";
import { type AttachedFile, useFileDownload } from "./files.ts";
import { Picture } from "./picture.tsx";
import { TextGlance } from "./text-glance.tsx";

export function FilePreview({
  files,
  at,
  onOpen,
}: {
  /** Those that can be looked at. */
  readonly files: readonly AttachedFile[];
  /** Which of them is open; -1 for none. */
  readonly at: number;
  readonly onOpen: (at: number | null) => void;
}) {
  const { t } = useTranslation();
  const download = useFileDownload();
  const file = files[at];
  const go = (to: number): void => {
    if (file === undefined || files[to] === undefined) return;
    download.reset();
    onOpen(to);
  };
  useHotkeys([
    ["ArrowLeft", () => go(at - 1)],
    ["ArrowRight", () => go(at + 1)],
  ]);
  return (
    <Modal
      opened={file !== undefined}
      onClose={() => onOpen(null)}
      size="xl"
      title={
        <Text span fw={600} style={{ overflowWrap: "anywhere" }}>
          {file?.name}
        </Text>
      }
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {file === undefined ? null : (
        <Stack>
          {file.shown === "picture" ? <Picture key={file.address} file={file} /> : <TextGlance file={file} />}
          {download.error === null ? null : <Problem error={download.error} />}
          <Group justify="space-between">
            {files.length < 2 ? (
              <span />
            ) : (
              <Group gap="xs">
                <ActionIcon
                  variant="default"
                  disabled={at === 0}
                  aria-label={t("records.one.files.previousFile")}
                  onClick={() => go(at - 1)}
                >
                  <IconChevronLeft size={18} aria-hidden />
                </ActionIcon>
                <Text size="sm" role="status">
                  {t("records.one.files.place", { at: at + 1, all: files.length })}
                </Text>
                <ActionIcon
                  variant="default"
                  disabled={at === files.length - 1}
                  aria-label={t("records.one.files.nextFile")}
                  onClick={() => go(at + 1)}
                >
                  <IconChevronRight size={18} aria-hidden />
                </ActionIcon>
              </Group>
            )}
            <Button
              component="a"
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              {...download.linkTo(file)}
            >
              {t("records.one.files.download")}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
