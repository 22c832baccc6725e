// How far an export that runs has come: a bar, rows, rate and time left; of one that waits, what for and until when.
import { Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Export } from "../../api/generated.ts";
import { useShown } from "../../lib/shown.ts";
import { shownState } from "./shown-state.ts";

export function ExportProgress({ of, size = "xs" }: { readonly of: Export; readonly size?: "xs" | "sm" }) {
  const { t } = useTranslation();
  const words = useProgressWords();
  const { rows, totalRows } = of.progress;
  const said = words(of);
  if (of.state === "pending") {
    return said === null ? null : (
      <Text size={size} {...(size === "xs" ? { c: "dimmed" } : {})}>
        {said}
      </Text>
    );
  }
  if (of.state !== "running") return null;
  // What was estimated may be less than what there is; and nothing is done before the archive is closed.
  const share = totalRows === null || totalRows === 0 ? null : Math.min(0.99, rows / totalRows);
  return (
    <div>
      <Progress.Root size={size === "xs" ? 6 : 10} my={4}>
        <Progress.Section
          value={share === null ? 100 : share * 100}
          striped={share === null}
          animated={share === null}
          role="progressbar"
          aria-label={t("exports.progress.label")}
          aria-valuetext={said ?? undefined}
          {...(share === null ? {} : { "aria-valuenow": Math.round(share * 100) })}
          aria-valuemin={0}
          aria-valuemax={100}
        />
      </Progress.Root>
      <Text size={size} {...(size === "xs" ? { c: "dimmed" } : {})}>
        {said}
      </Text>
    </div>
  );
}

/** The words alone. */
function useProgressWords(): (of: Export) => string | null {
  const { t } = useTranslation();
  const shown = useShown();
  return (of) => {
    const { progress, position, startsAt, dueAt } = of;
    switch (shownState(of)) {
      case "approval":
        return t("exports.progress.approval");
      case "window":
        return [
          t("exports.progress.window", { when: shown.dateTime(startsAt!) }),
          dueAt === null ? null : t("exports.progress.due", { when: shown.dateTime(dueAt) }),
        ]
          .filter((it) => it !== null)
          .join(" · ");
      case "queued":
        return position === null
          ? t("exports.progress.farBehind")
          : position === 1
            ? t("exports.progress.next")
            : t("exports.progress.position", { position: shown.number(position) });
      case "running": {
        const { rows, totalRows, files, rowsPerSecond, secondsLeft } = progress;
        const counted =
          totalRows === null || totalRows < rows
            ? t("exports.counts.rows", { count: rows, shown: shown.number(rows) })
            : t("exports.progress.rowsOf", { rows: shown.number(rows), total: shown.number(totalRows) });
        return [
          rows === 0 && rowsPerSecond === null ? t("exports.progress.begins") : counted,
          files === 0 ? null : t("exports.counts.files", { count: files, shown: shown.number(files) }),
          rowsPerSecond === null ? null : t("exports.progress.rate", { rate: shown.number(rowsPerSecond) }),
          secondsLeft === null ? null : t("exports.progress.left", { time: shown.duration(secondsLeft) }),
        ]
          .filter((it) => it !== null)
          .join(" · ");
      }
      default:
        return null;
    }
  };
}
