// How an export stands, in plain words, and what to do next.
import { Alert, List, Stack, Text } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArchiveOff,
  IconBan,
  IconCircleCheck,
  IconClockHour4,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import { useMayDownload } from "../../parts/export-state/download.tsx";
import { ExportProgress } from "../../parts/export-state/progress.tsx";
import { shownState } from "../../parts/export-state/shown-state.ts";
import { useProblemWords } from "../../parts/problem-words.ts";
import { detailOf } from "../../text/said.ts";
import { useMayChange } from "./row-actions.tsx";
import type { ExportDetails } from "./use-live-export.ts";

const LOOKS = {
  approval: ["yellow", IconClockHour4],
  window: ["gray", IconClockHour4],
  queued: ["gray", IconClockHour4],
  running: ["cyan", IconPlayerPlay],
  ready: ["green", IconCircleCheck],
  problems: ["yellow", IconAlertTriangle],
  error: ["red", IconAlertTriangle],
  cancelled: ["gray", IconBan],
  expired: ["gray", IconArchiveOff],
} as const;

export function Standing({ of }: { readonly of: ExportDetails }) {
  const { t } = useTranslation();
  const shown = useShown();
  const mayChange = useMayChange(of);
  const mayDownload = useMayDownload();
  const state = shownState(of);
  const [color, Icon] = LOOKS[state];
  const { fault, expiresAt, notify, problems, attempt } = of;
  const until = expiresAt === null ? "" : shown.dateTime(expiresAt);
  const wordsOf = useProblemWords();
  const words = fault === null ? null : wordsOf(fault);
  const places = fault?.places?.filter(({ detail }) => detail !== "") ?? [];
  return (
    <Alert
      color={color}
      variant="light"
      icon={<Icon aria-hidden />}
      title={t(`exports.standing.${state}.title`, { count: problems })}
      styles={{ title: { color: "var(--mantine-color-text)" } }}
    >
      <Stack gap="xs">
        {state === "error" && words !== null ? (
          <>
            <Text size="sm">{words.detail}</Text>
            {words.hint === null ? null : <Text size="sm">{words.hint}</Text>}
            {places.length === 0 ? null : (
              <List size="sm" mah={260} style={{ overflowY: "auto" }} tabIndex={0} aria-label={t("exports.places")}>
                {places.map((place) => (
                  <List.Item key={`${place.pointer} ${place.detail}`} style={{ overflowWrap: "anywhere" }}>
                    {detailOf(place)}
                  </List.Item>
                ))}
              </List>
            )}
          </>
        ) : null}
        {state === "approval" ? null : <ExportProgress of={of} size="sm" />}
        <Text size="sm">
          {t(`exports.standing.${state}.detail`, { until })}
          {(state === "queued" || state === "window" || state === "running" || state === "approval") && notify
            ? ` ${t("exports.standing.notified")}`
            : null}
        </Text>
        {of.dataFile === null || mayDownload ? null : <Text size="sm">{t("exports.standing.administrators")}</Text>}
        {mayChange && (state === "error" || state === "cancelled" || state === "expired") ? (
          <Text size="sm">{t("exports.standing.again")}</Text>
        ) : null}
        {attempt > 1 && (state === "running" || state === "queued") ? (
          <Text size="sm">{t("exports.standing.attempt", { attempt: shown.number(attempt) })}</Text>
        ) : null}
      </Stack>
    </Alert>
  );
}
