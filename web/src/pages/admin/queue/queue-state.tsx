// How far an export is, or what it waits for.
import { Progress, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Export } from "../../../api/generated.ts";
import { useNow } from "../../../lib/use-now.ts";
import { useShown } from "../../../lib/shown.ts";

/** So often an export is begun at most. */
const ATTEMPTS = 3;

export function QueueState({ of, name }: { readonly of: Export; readonly name: string }) {
  const { t } = useTranslation();
  const shown = useShown();
  const now = useNow(30_000);
  const { state, attempt, dueAt } = of;
  const late = dueAt === null ? 0 : (now - new Date(dueAt).getTime()) / 1000;
  return (
    <>
      {state === "running" ? <Running of={of} name={name} /> : <Waiting of={of} now={now} />}
      {attempt > 1 || (attempt === 1 && state === "pending") ? (
        <Text size="xs" c="dimmed">
          {t("admin.queue.attempt", { attempt: Math.min(attempt, ATTEMPTS), of: ATTEMPTS })}
        </Text>
      ) : null}
      {late > 0 ? (
        <Text size="xs" fw={600} c="var(--mantine-color-error)">
          <IconAlertTriangle size={12} aria-hidden />{" "}
          {t("admin.queue.overdue", { late: shown.duration(late), due: shown.dateTime(dueAt!) })}
        </Text>
      ) : null}
    </>
  );
}

function Waiting({ of: { approval, startsAt }, now }: { readonly of: Export; readonly now: number }) {
  const { t } = useTranslation();
  const shown = useShown();
  if (approval?.state === "wanted") {
    return <Text size="sm">{t("admin.queue.waitsForApproval")}</Text>;
  }
  if (startsAt !== null && new Date(startsAt).getTime() > now) {
    return (
      <Text size="sm">
        {t("admin.queue.waitsForWindow", { opens: shown.dateTime(startsAt), relative: shown.relative(startsAt) })}
      </Text>
    );
  }
  return <Text size="sm">{t("admin.queue.waitsForTurn")}</Text>;
}

function Running({ of: { progress }, name }: { readonly of: Export; readonly name: string }) {
  const { t } = useTranslation();
  const shown = useShown();
  const { rows, totalRows, files, rowsPerSecond, secondsLeft } = progress;
  const share = totalRows === null || totalRows === 0 ? null : Math.min(1, rows / totalRows);
  const words = [
    totalRows === null
      ? t("admin.queue.rows", { count: rows, rows: shown.number(rows) })
      : t("admin.queue.rowsOf", { rows: shown.number(rows), total: shown.number(totalRows) }),
    files === 0 ? null : t("admin.queue.files", { count: files, files: shown.number(files) }),
    rowsPerSecond === null ? null : t("admin.queue.rate", { rows: shown.number(rowsPerSecond) }),
    secondsLeft === null ? null : t("admin.queue.left", { duration: shown.duration(secondsLeft) }),
  ].filter((part) => part !== null);
  return (
    <>
      <Progress.Root size="md" my={4}>
        <Progress.Section
          value={share === null ? 100 : share * 100}
          striped={share === null}
          animated={share === null}
          aria-label={t("admin.queue.progressOf", { name })}
          aria-valuetext={words.join(", ")}
        />
      </Progress.Root>
      <Text size="xs">{words.join(" · ")}</Text>
    </>
  );
}
