// The archive that an export template gives: its name, the files in it, and how each begins.
import { Group, List, Stack, Text, Title } from "@mantine/core";
import { IconFile, IconFileZip } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { DatasetShown, type GoTo, PreviewPane } from "./preview-pane.tsx";
import type { Previewed } from "./use-preview.ts";

/** What every archive has besides. */
const DESCRIPTORS = ["datapackage.json", "README.txt"];

export function BundlePreview({
  found,
  isEmpty,
  onGoTo,
}: {
  readonly found: UseQueryResult<Previewed>;
  readonly isEmpty: boolean;
  readonly onGoTo: GoTo;
}) {
  const { t } = useTranslation();
  return (
    <PreviewPane found={found} waiting={isEmpty ? t("templates.preview.noDatasets") : null} onGoTo={onGoTo}>
      {(previewed) => (
        <>
          <Archive of={previewed} />
          {previewed.preview.datasets.map((it) => (
            <Stack key={it.pointer} gap={4}>
              <Title order={3}>{it.name}</Title>
              <DatasetShown dataset={it} of={previewed} onGoTo={onGoTo} />
            </Stack>
          ))}
        </>
      )}
    </PreviewPane>
  );
}

/** Its name, and what is in it. */
function Archive({ of: { preview } }: { readonly of: Previewed }) {
  const { t } = useTranslation();
  if (preview.fileName === "") return null;
  const isArchive = preview.fileName.endsWith(".zip");
  const files = preview.datasets.flatMap((it) => it.fileNames);
  return (
    <div>
      <Group gap={6} wrap="nowrap" align="flex-start">
        {isArchive ? <IconFileZip size={18} aria-hidden /> : <IconFile size={18} aria-hidden />}
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {preview.fileName}
        </Text>
      </Group>
      {isArchive ? (
        <List size="sm" pl="md" listStyleType="none" aria-label={t("templates.preview.inArchive")}>
          {[...files, ...DESCRIPTORS].map((it) => (
            <List.Item key={it} icon={<IconFile size={16} aria-hidden />}>
              <Text size="sm" c={DESCRIPTORS.includes(it) ? "dimmed" : undefined}>
                {it}
              </Text>
            </List.Item>
          ))}
        </List>
      ) : null}
    </div>
  );
}
