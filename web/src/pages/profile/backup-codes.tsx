// The codes that stand in for the phone, shown once.
import { Button, CopyButton, Group, Modal, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function BackupCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const { t } = useTranslation();
  const text = `${codes.join("\n")}\n`;
  return (
    <Stack>
      <Text size="sm">{t("profile.second.codes")}</Text>
      <Paper withBorder p="md">
        <SimpleGrid component="ul" cols={2} spacing="xs" m={0} p={0} style={{ listStyle: "none" }}>
          {codes.map((code) => (
            <Text key={code} component="li" ff="monospace" ta="center">
              {code}
            </Text>
          ))}
        </SimpleGrid>
      </Paper>
      <Group justify="space-between">
        <Group gap="xs">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              >
                {copied ? t("common.copied") : t("profile.second.copy")}
              </Button>
            )}
          </CopyButton>
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => download("waybill-backup-codes.txt", text)}
          >
            {t("profile.second.download")}
          </Button>
        </Group>
        <Button onClick={onKept}>{t("profile.second.kept")}</Button>
      </Group>
    </Stack>
  );
}

/** Closes by its button alone: the codes are not shown again. */
export function BackupCodesDialog({
  codes,
  onClose,
}: {
  readonly codes: readonly string[] | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={codes !== null}
      onClose={onClose}
      title={t("profile.second.codesTitle")}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      size="lg"
    >
      <BackupCodes codes={codes ?? []} onKept={onClose} />
    </Modal>
  );
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
