// What a template gives on real records, as it is now: what is wrong, names of files, first rows.
import { Box, Code, Group, Loader, ScrollArea, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { memo, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../../parts/problem.tsx";
import { FindingsList } from "./findings-list.tsx";
import { PreviewTable } from "./preview-table.tsx";
import type { Finding, Previewed } from "./use-preview.ts";
import classes from "./preview-pane.module.css";

export type GoTo = (to: Pick<Finding, "item" | "pointer" | "rest">) => void;

export function PreviewPane({
  found: { data, error, isFetching, refetch },
  waiting,
  onGoTo,
  children,
}: {
  readonly found: UseQueryResult<Previewed>;
  /** Why there is no preview yet; null where there is one. */
  readonly waiting: string | null;
  readonly onGoTo: GoTo;
  /** What is seen of it; its datasets, where nothing is given. */
  readonly children?: (previewed: Previewed) => ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Box className={classes["pane"]} component="section" aria-labelledby="templates-preview">
      <Group gap="xs" mb="xs">
        <Title order={2} id="templates-preview">
          {t("templates.preview.title")}
        </Title>
        {isFetching ? <Loader size="xs" aria-label={t("common.loading")} role="status" /> : null}
      </Group>
      {waiting === null ? (
        <Stack gap="md">
          {error === null ? null : <Problem error={error} retry={() => void refetch()} />}
          {data === undefined ? null : (
            <>
              <FindingsList findings={data.findings} onGoTo={onGoTo} />
              {children?.(data) ??
                data.preview.datasets.map((it) => (
                  <DatasetShown key={it.pointer} dataset={it} of={data} onGoTo={onGoTo} />
                ))}
            </>
          )}
        </Stack>
      ) : (
        <Text size="sm" c="dimmed">
          {waiting}
        </Text>
      )}
    </Box>
  );
}

/** Drawn anew only when there is another preview: a table may have thousands of cells. */
export const DatasetShown = memo(function DatasetShown({
  dataset: { name, tables, text, fileNames },
  of: { preview, itemAt },
  onGoTo,
}: {
  readonly dataset: Previewed["preview"]["datasets"][number];
  readonly of: Previewed;
  readonly onGoTo: GoTo;
}) {
  const { t } = useTranslation();
  const [as, setAs] = useState("table");
  const isText = text !== null && (as === "text" || tables.length === 0);
  return (
    <Stack gap="xs">
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {t("templates.preview.files", { count: fileNames.length })} <strong>{fileNames.join(", ")}</strong>
      </Text>
      {text === null || tables.length === 0 ? null : (
        <SegmentedControl
          size="xs"
          aria-label={t("templates.preview.as")}
          value={as}
          onChange={setAs}
          data={[
            { value: "table", label: t("templates.preview.table") },
            { value: "text", label: t("templates.preview.text") },
          ]}
          style={{ alignSelf: "flex-start" }}
        />
      )}
      {isText ? (
        <ScrollArea.Autosize
          mah={420}
          viewportProps={{ tabIndex: 0, role: "region", "aria-label": `${t("templates.preview.text")}: ${name}` }}
        >
          <Code block>{`${text.content}${text.complete ? "" : "\n…"}`}</Code>
        </ScrollArea.Autosize>
      ) : (
        tables.map((table) => (
          <PreviewTable
            key={table.name}
            of={name}
            hasProblems={preview.problems.length > 0}
            table={table}
            itemAt={itemAt}
            onGoTo={onGoTo}
          />
        ))
      )}
    </Stack>
  );
});
