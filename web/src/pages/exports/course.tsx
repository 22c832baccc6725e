// The course of an export in time: what happened, and what is still to come.
import { Text, Timeline } from "@mantine/core";
import {
  IconArchiveOff,
  IconBan,
  IconCheck,
  IconClockHour4,
  IconFilePlus,
  IconMail,
  IconMailOff,
  IconPlayerPlay,
  IconRefresh,
  IconScript,
  IconUserCheck,
  IconUserPlus,
  IconUserX,
  IconX,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import { Section } from "./section.tsx";
import type { ExportDetails } from "./use-live-export.ts";

const ICONS = {
  created: IconFilePlus,
  started: IconPlayerPlay,
  ready: IconCheck,
  failed: IconX,
  cancelled: IconBan,
  expired: IconArchiveOff,
  expiring: IconClockHour4,
  approved: IconUserCheck,
  refused: IconUserX,
  shared: IconUserPlus,
  "handed-back": IconRefresh,
  "worker-lost": IconRefresh,
  "mail-sent": IconMail,
  "mail-refused": IconMailOff,
  script: IconScript,
} as const;
export type KnownEvent = keyof typeof ICONS;

export function isKnownEvent(event: string): event is KnownEvent {
  return Object.hasOwn(ICONS, event);
}

/** What happened, with its beginning, which is no event. */
export function momentsOf({ timeline, started }: ExportDetails): ExportDetails["timeline"] {
  const beginning = { _id: "started", event: "started", person: null, details: {} };
  const moments = started === null ? timeline : [...timeline, { ...beginning, at: started }];
  return moments.toSorted((a, b) => a.at.localeCompare(b.at));
}

export function Course({ of }: { readonly of: ExportDetails }) {
  const { t } = useTranslation();
  const shown = useShown();
  const moments = momentsOf(of).filter(({ event }) => !event.startsWith("mail") && event !== "expiring");
  const { state, expiresAt, startsAt, dueAt } = of;
  const ahead =
    state === "ready" && expiresAt !== null
      ? [{ name: t("exports.course.willExpire"), at: expiresAt }]
      : state === "pending" && startsAt !== null
        ? [
            { name: t("exports.course.willStart"), at: startsAt },
            ...(dueAt === null ? [] : [{ name: t("exports.course.due"), at: dueAt }]),
          ]
        : [];
  return (
    <Section title={t("exports.course.title")}>
      <Timeline bulletSize={22} lineWidth={2} active={moments.length - 1}>
        {moments.map(({ _id, at, event, person, details }) => {
          const Icon = isKnownEvent(event) ? ICONS[event] : IconClockHour4;
          const who = of.people.find(({ id }) => id === person)?.name;
          const whom = details["with"] as unknown;
          return (
            <Timeline.Item
              key={_id}
              bullet={<Icon size={13} aria-hidden />}
              title={
                <Text size="sm" fw={600}>
                  {isKnownEvent(event) ? t(`exports.events.${event}`) : event}
                  {typeof whom === "string" ? ` ${whom}` : null}
                </Text>
              }
            >
              <Text size="xs" c="dimmed">
                {shown.dateTime(at)}
                {who === undefined ? null : ` · ${who}`}
              </Text>
            </Timeline.Item>
          );
        })}
        {ahead.map(({ name, at }) => (
          <Timeline.Item
            key={name}
            lineVariant="dashed"
            bullet={<IconClockHour4 size={13} aria-hidden />}
            title={<Text size="sm">{name}</Text>}
          >
            <Text size="xs" c="dimmed">
              {shown.dateTime(at)} · {shown.relative(at)}
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Section>
  );
}
