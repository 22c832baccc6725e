// The condition as JSON: to be copied, or written by hand.
import { Button, Code, Collapse, CopyButton, Group, JsonInput, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProblemPlace } from "../../api/problem.ts";
import { detailOf } from "../../text/said.ts";
import { parseWhere } from "./json.ts";

export function WhereJson({
  value,
  onChange,
  problems,
}: {
  readonly value: unknown;
  readonly onChange: (where: unknown) => void;
  readonly problems: readonly ProblemPlace[];
}) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(false);
  const [written, setWritten] = useState<string | null>(null);
  const [isWrong, setWrong] = useState(false);
  const text = value === undefined ? "{}" : typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const apply = (): void => {
    try {
      const where = parseWhere(written ?? "");
      onChange(isEmpty(where) ? undefined : where);
      setWritten(null);
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <Stack gap="xs">
      {problems.map((problem) => (
        <Text key={`${problem.pointer} ${problem.code}`} size="sm" c="var(--mantine-color-error)" role="alert">
          {detailOf(problem)}
        </Text>
      ))}
      <Group justify="space-between">
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={opened}
          onClick={toggle}
          leftSection={<Chevron size={14} aria-hidden />}
        >
          {t("records.filter.json.title")}
        </Button>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-sm" variant="subtle" onClick={copy}>
              {copied ? t("common.copied") : t("common.copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Collapse expanded={opened}>
        {written === null ? (
          <Stack gap="xs">
            <Code block mah={260} tabIndex={0} aria-label={t("records.filter.json.label")}>
              {text}
            </Code>
            <Group>
              <Button size="xs" variant="default" onClick={() => setWritten(text)}>
                {t("records.filter.json.edit")}
              </Button>
            </Group>
          </Stack>
        ) : (
          <Stack gap="xs">
            <JsonInput
              label={t("records.filter.json.label")}
              description={t("records.filter.json.hint")}
              autosize
              minRows={5}
              maxRows={16}
              autoFocus
              value={written}
              onChange={(next) => {
                setWritten(next);
                setWrong(false);
              }}
              error={isWrong ? t("records.filter.json.wrong") : undefined}
              styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
            />
            <Group gap="xs">
              <Button size="xs" onClick={apply}>
                {t("records.filter.json.apply")}
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() => {
                  setWritten(null);
                  setWrong(false);
                }}
              >
                {t("common.cancel")}
              </Button>
            </Group>
          </Stack>
        )}
      </Collapse>
    </Stack>
  );
}

function isEmpty(where: unknown): boolean {
  return typeof where === "object" && where !== null && !Array.isArray(where) && Object.keys(where).length === 0;
}
