// The archive that an export template gives: its name, the files in it, and how each begins.
import { Box, Group, List, Loader, Stack, Text, Title } from "@mantine/core";
import { IconFile, IconFileZip } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Problem } from "../../parts/problem.tsx";
import { FindingsList } from "./findings-list.tsx";
import classes from "./preview-pane.module.css";
import { DatasetShown } from "./preview-pane.tsx";
import type { Finding, Previewed } from "./use-preview.ts";

/** What every archive has besides. */
const DESCRIPTORS = ["datapackage.json", "README.txt"];

export function BundlePreview({
  found: { data, error, isFetching, refetch },
  isEmpty,
  onGoTo,
}: {
  readonly found: UseQueryResult<Previewed>;
  readonly isEmpty: boolean;
  readonly onGoTo: (to: Pick<Finding, "item" | "pointer" | "rest">) => void;
}) {
  const { t } = useTranslation();
  const preview = data?.preview;
  const isArchive = preview?.fileName.endsWith(".zip") === true;
  const files = preview?.datasets.flatMap((it) => it.fileNames) ?? [];
  return (
    <Box className={classes["pane"]} component="section" aria-labelledby="templates-preview">
      <Group gap="xs" mb="xs">
        <Title order={2} id="templates-preview">
          {t("templates.preview.title")}
        </Title>
        {isFetching ? <Loader size="xs" aria-label={t("common.loading")} role="status" /> : null}
      </Group>
      {isEmpty ? (
        <Text size="sm" c="dimmed">
          {t("templates.preview.noDatasets")}
        </Text>
      ) : (
        <Stack gap="md">
          {error === null ? null : <Problem error={error} retry={() => void refetch()} />}
          {data === undefined || preview === undefined ? null : (
            <>
              <FindingsList findings={data.findings} onGoTo={onGoTo} />
              {preview.fileName === "" ? null : (
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
              )}
              {preview.datasets.map((it) => (
                <Stack key={it.pointer} gap={4}>
                  <Title order={3}>{it.name}</Title>
                  <DatasetShown
                    dataset={it}
                    hasProblems={preview.problems.length > 0}
                    itemAt={data.itemAt}
                    onGoTo={onGoTo}
                  />
                </Stack>
              ))}
            </>
          )}
        </Stack>
      )}
    </Box>
  );
}
