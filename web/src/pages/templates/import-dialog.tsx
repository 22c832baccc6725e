// Template files of another installation, picked or dropped, with an answer for each.
import { Button, FileButton, Group, Modal, Paper, Radio, Select, Stack, Text } from "@mantine/core";
import { IconFileUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { Problem } from "../../parts/problem.tsx";
import { useNamespaces } from "./facts-hooks.ts";
import { ImportAnswers } from "./import-answers.tsx";

const COLLISIONS = ["refuse", "rename", "replace"] as const;
type OnCollision = (typeof COLLISIONS)[number];

export function ImportDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  const { all: namespaces, pathOf } = useNamespaces();
  const [onCollision, setOnCollision] = useState<OnCollision>("refuse");
  const [namespace, setNamespace] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const { mutate, data, error, isPending, reset } = useMutation({
    async mutationFn(files: readonly File[]) {
      const read = await Promise.all(files.map(async (it) => ({ name: it.name, content: await it.text() })));
      // Each file says by itself which kind it is.
      return api.org.postDatasetTemplatesImport(
        { org, onCollision, ...(namespace === null ? {} : { namespace }) },
        { files: read },
      );
    },
    onSuccess() {
      void client.invalidateQueries({ queryKey: ["dataset-templates", org] });
      void client.invalidateQueries({ queryKey: ["export-templates", org] });
    },
  });
  const take = (files: readonly File[]): void => {
    if (files.length > 0) mutate(files);
  };
  const close = (): void => {
    reset();
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t("templates.import.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Radio.Group
          label={t("templates.import.collision")}
          value={onCollision}
          onChange={(value) => setOnCollision(value)}
        >
          <Stack gap={6} mt={6}>
            {COLLISIONS.map((it) => (
              <Radio key={it} value={it} label={t(`templates.import.${it}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Select
          label={t("templates.place")}
          placeholder={t("templates.mine")}
          data={namespaces.map((it) => ({ value: it._id, label: pathOf(it._id) }))}
          value={namespace}
          onChange={setNamespace}
          clearable
          searchable
          clearButtonProps={{ "aria-label": t("common.clear") }}
        />
        <Paper
          withBorder
          p="lg"
          ta="center"
          style={{
            borderStyle: "dashed",
            ...(isOver ? { borderColor: "var(--mantine-primary-color-filled)" } : {}),
          }}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            take([...event.dataTransfer.files]);
          }}
        >
          <Stack gap="xs" align="center">
            <IconFileUpload size={28} stroke={1.5} aria-hidden />
            <Text size="sm">{t("templates.import.drop")}</Text>
            <FileButton multiple accept=".json,application/json" onChange={take}>
              {(props) => (
                <Button {...props} variant="default" loading={isPending}>
                  {t("templates.import.choose")}
                </Button>
              )}
            </FileButton>
            <Text size="xs" c="dimmed">
              {t("templates.import.limits")}
            </Text>
          </Stack>
        </Paper>
        {error === null ? null : <Problem error={error} />}
        {data === undefined ? null : <ImportAnswers answers={data.data} onOpen={close} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("common.close")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
