// All that is wrong with a template, and what has become of its columns; each goes to its place.
import { Alert, Anchor, List } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Finding } from "./use-preview.ts";

const MOST = 30;

export function FindingsList({
  findings,
  onGoTo,
}: {
  readonly findings: readonly Finding[];
  readonly onGoTo: (finding: Finding) => void;
}) {
  const { t } = useTranslation();
  return (["problem", "note"] as const).map((tone) => {
    const its = findings.filter((it) => it.tone === tone);
    if (its.length === 0) return null;
    return (
      <Alert
        key={tone}
        p="sm"
        color={tone === "problem" ? "red" : "blue"}
        icon={tone === "problem" ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />}
        title={t(tone === "problem" ? "templates.preview.problems" : "templates.preview.notes", { count: its.length })}
        role="status"
      >
        <List size="sm" listStyleType="none" spacing={4}>
          {its.slice(0, MOST).map((it) => (
            <List.Item key={`${it.pointer} ${it.text}`}>
              <Anchor component="button" type="button" size="sm" ta="start" onClick={() => onGoTo(it)}>
                {it.text}
              </Anchor>
            </List.Item>
          ))}
        </List>
        {its.length > MOST ? t("templates.preview.further", { count: its.length - MOST }) : null}
      </Alert>
    );
  });
}
