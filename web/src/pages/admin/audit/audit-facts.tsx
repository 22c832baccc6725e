// All that an entry of the audit log says, as it is kept.
import { Anchor, Code, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "../../../api/generated.ts";
import type { AuditFilter } from "./filter.ts";

export function AuditFacts({
  entry,
  onFilter,
}: {
  readonly entry: AuditEntry;
  readonly onFilter: (change: AuditFilter) => void;
}) {
  const { t } = useTranslation();
  const { action, person, token, subjectKind, subject, address, requestId, details } = entry;
  const facts = [
    [t("admin.audit.action"), action],
    [t("admin.audit.person"), person],
    [t("admin.audit.token"), token],
    [t("admin.audit.subject"), subject === null ? null : `${subjectKind ?? ""} ${subject}`],
    [t("admin.audit.columns.address"), address],
    [t("admin.audit.request"), requestId],
  ] as const;
  return (
    <Stack gap="xs" my="xs">
      <Stack component="dl" gap={2} m={0}>
        {facts.map(([label, value]) =>
          value === null ? null : (
            <Group key={label} gap="xs">
              <Text component="dt" size="xs" c="dimmed">
                {label}
              </Text>
              <Text component="dd" m={0} size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
                {value}
              </Text>
            </Group>
          ),
        )}
      </Stack>
      {Object.keys(details).length === 0 ? null : (
        <Code block tabIndex={0} role="region" aria-label={t("admin.audit.columns.details")}>
          {JSON.stringify(details, null, 2)}
        </Code>
      )}
      {subject === null ? null : (
        <Group gap="md">
          <Anchor
            component="button"
            type="button"
            size="xs"
            onClick={() => onFilter({ action: "", person: "", kind: subjectKind ?? "", subject, from: "", to: "" })}
          >
            {t("admin.audit.allOfSubject")}
          </Anchor>
        </Group>
      )}
    </Stack>
  );
}
