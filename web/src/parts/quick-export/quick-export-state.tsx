// An export that was ordered at once: how far it is, and then where to get it.
import { Anchor, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";
import { useShown } from "../../lib/shown.ts";
import { useDownload } from "../export-state/download.tsx";
import { useProblemWords } from "../problem-words.ts";
import { useProblemText } from "../problem.tsx";

const EACH = 1000;

export function QuickExportState({
  org,
  ordered,
  onOpen,
}: {
  readonly org: string;
  readonly ordered: Export;
  /** Goes to the export's page. */
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const { number, bytes, dateTime } = useShown();
  const textOf = useProblemText();
  const wordsOf = useProblemWords();
  const [refused, setRefused] = useState<Error | null>(null);
  const link = useDownload(org, setRefused);
  const { data: its = ordered, error } = useQuery<Export>({
    queryKey: ["exports", org, ordered._id],
    queryFn: ({ signal }) => api.org.getExportsById({ org, id: ordered._id }, { signal }),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : EACH),
    // Somebody waits for it in another window.
    refetchIntervalInBackground: true,
  });
  const { state, progress, dataFile, fault, problems, position, startsAt, approval } = its;
  const problem = (refused ?? error) === null ? null : textOf(refused ?? error);
  const share = progress.totalRows === null || progress.totalRows === 0 ? null : progress.rows / progress.totalRows;
  return (
    <Stack gap={6} aria-live="polite" c="var(--mantine-color-text)">
      {state === "pending" ? (
        <Text size="sm">
          {approval?.state === "wanted"
            ? t("records.download.approval")
            : startsAt === null
              ? position === null
                ? t("records.download.pending")
                : t("records.download.position", { shown: number(position) })
              : t("records.download.startsAt", { time: dateTime(startsAt) })}
        </Text>
      ) : null}
      {state === "running" ? (
        <>
          <Text size="sm">
            {progress.rows === 0
              ? t("records.download.begun")
              : t("records.download.running", { shown: number(progress.rows) })}
          </Text>
          <Progress
            size="sm"
            value={share === null ? 100 : Math.min(100, share * 100)}
            animated={share === null}
            aria-label={t("records.download.progress")}
          />
        </>
      ) : null}
      {state === "ready" && dataFile !== null ? (
        <>
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {t("records.download.ready", { name: dataFile.filename, size: bytes(dataFile.size) })}
          </Text>
          {problems === 0 ? null : (
            <Text size="sm">{t("records.download.problems", { count: problems, shown: number(problems) })}</Text>
          )}
        </>
      ) : null}
      {state === "error" || state === "cancelled" || state === "expired" ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {fault === null ? t(`records.download.${state}`) : wordsOf(fault).detail}
        </Text>
      ) : null}
      {problem === null ? null : (
        <Text size="sm" c="var(--mantine-color-error)">
          {problem.detail} {problem.hint}
        </Text>
      )}
      <Group gap="md">
        {state === "ready" && dataFile !== null ? (
          <Button component="a" size="xs" leftSection={<IconDownload size={14} aria-hidden />} {...link(its)}>
            {t("records.download.download")}
          </Button>
        ) : null}
        <Anchor component="button" type="button" size="sm" onClick={onOpen}>
          {t("records.download.open")}
        </Anchor>
      </Group>
    </Stack>
  );
}

function isOver(its: Export | undefined): boolean {
  return its !== undefined && its.state !== "pending" && its.state !== "running";
}
