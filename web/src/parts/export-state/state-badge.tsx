// The state of an export: an icon and words, besides the colour.
import { Badge } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArchiveOff,
  IconBan,
  IconCircleCheck,
  IconClockHour4,
  IconLoader2,
  IconMoon,
  IconUserQuestion,
  IconX,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Export } from "../../api/generated.ts";
import { type ShownState, shownState } from "./shown-state.ts";
import classes from "./state-badge.module.css";

const ICONS = {
  approval: IconUserQuestion,
  window: IconMoon,
  queued: IconClockHour4,
  running: IconLoader2,
  ready: IconCircleCheck,
  problems: IconAlertTriangle,
  error: IconX,
  cancelled: IconBan,
  expired: IconArchiveOff,
} as const satisfies Record<ShownState, typeof IconX>;

export function StateBadge({
  of,
  label,
}: {
  readonly of: Pick<Export, "state" | "approval" | "startsAt" | "problems">;
  /** Words instead of the usual ones. */
  readonly label?: string;
}) {
  const { t } = useTranslation();
  const shown = shownState(of);
  const Icon = ICONS[shown];
  return (
    <Badge
      variant="default"
      tt="none"
      fw={600}
      miw="max-content"
      className={classes["badge"]}
      data-state={shown}
      leftSection={<Icon size={13} stroke={2.2} aria-hidden className={classes["icon"]} />}
    >
      {label ?? t(`exports.states.${shown}`, { count: of.problems })}
    </Badge>
  );
}
