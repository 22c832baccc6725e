// What is in the row of a column: where it comes from, what it is called, what is wrong with it, and below, when opened, its rules.
import type { useSortable } from "@dnd-kit/sortable";
import {
  ActionIcon,
  Box,
  Code,
  Collapse,
  Group,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
  VisuallyHidden,
} from "@mantine/core";
import {
  IconAlertTriangle,
  IconChevronDown,
  IconChevronRight,
  IconGripVertical,
  IconInfoCircle,
  IconX,
} from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { ColumnDetails } from "./column-details.tsx";
import classes from "./column-row.module.css";
import { headerOf } from "./columns.ts";
import type { Column } from "./model.ts";
import { PlaceInput } from "./place-input.tsx";
import { RuleBadges } from "./rule-badges.tsx";
import type { Choices } from "./use-choices.ts";
import type { Finding } from "./use-preview.ts";

type Sortable = ReturnType<typeof useSortable>;

export interface ColumnContentProps {
  readonly column: Column;
  readonly index: number;
  readonly count: number;
  readonly choices: Choices;
  readonly translations: readonly string[];
  readonly findings: readonly Finding[];
  /** How its first value will be written. */
  readonly sample: string | undefined;
  readonly isOpen: boolean;
  readonly readOnly: boolean;
  readonly onToggle: (key: string) => void;
  readonly onMove: (key: string, to: number, name: string) => void;
  readonly onChange: (key: string, some: Partial<Column>) => void;
  readonly onRemove: (key: string) => void;
  readonly onDuplicate: (key: string) => void;
  /** Of the handle that it is dragged by. */
  readonly handleRef: Sortable["setActivatorNodeRef"];
  readonly attributes: Sortable["attributes"];
  readonly listeners: Sortable["listeners"];
}

export const ColumnContent = memo(function ColumnContent(props: ColumnContentProps) {
  const { column, index, count, choices, findings, sample, isOpen, readOnly, onToggle, onMove, onChange, onRemove } =
    props;
  const { t } = useTranslation();
  const { handleRef, attributes, listeners } = props;
  const { key, field, name } = column;
  const choice = field === null ? undefined : choices.byPath.get(field);
  const title = headerOf(column);
  return (
    <>
      <Group gap={6} wrap="nowrap" align="flex-start">
        {readOnly ? null : (
          <ActionIcon
            ref={handleRef}
            {...attributes}
            {...listeners}
            variant="subtle"
            color="gray"
            c="dimmed"
            className={classes["handle"]}
            aria-label={t("templates.columns.drag", { name: title })}
          >
            <IconGripVertical size={16} aria-hidden />
          </ActionIcon>
        )}
        <PlaceInput
          index={index}
          count={count}
          name={title}
          readOnly={readOnly}
          onMove={(to) => onMove(key, to, title)}
        />
        <Box flex={1} miw={0} className={classes["parts"]}>
          <UnstyledButton onClick={() => onToggle(key)} aria-expanded={isOpen} className={classes["source"]}>
            <Group gap={4} wrap="nowrap">
              {isOpen ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
              <Text size="sm" fw={500} truncate title={choice?.label ?? field ?? undefined}>
                {field === null ? t("templates.columns.fixed") : (choice?.label ?? field)}
              </Text>
            </Group>
            <Text size="xs" c="dimmed" truncate pl={20} title={sample}>
              {field === null ? `“${column.value}”` : <Code className={classes["path"]}>{field}</Code>}
              <VisuallyHidden>{t("templates.columns.rules")}</VisuallyHidden>
              {sample === undefined || field === null ? null : <> · {sample.slice(0, 60)}</>}
            </Text>
          </UnstyledButton>
          <TextInput
            size="xs"
            flex={1}
            miw={120}
            aria-label={t("templates.columns.nameOf", { name: title })}
            placeholder={field ?? ""}
            value={name}
            disabled={readOnly}
            data-pointer={`${key}/name`}
            onChange={(event) => onChange(key, { name: event.currentTarget.value })}
          />
          <RuleBadges column={column} choice={choice} />
        </Box>
        {readOnly ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            c="dimmed"
            aria-label={t("templates.columns.remove", { name: title })}
            onClick={() => onRemove(key)}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {findings.length === 0 ? null : (
        <Stack gap={2} mt={4} pl={readOnly ? 0 : 34}>
          {findings.map((it) => (
            <Text
              key={`${it.rest} ${it.text}`}
              size="xs"
              c={it.tone === "problem" ? "var(--mantine-color-error)" : undefined}
            >
              {it.tone === "problem" ? (
                <IconAlertTriangle size={14} aria-label={t("templates.problem")} className={classes["mark"]} />
              ) : (
                <IconInfoCircle size={14} aria-label={t("templates.note")} className={classes["mark"]} />
              )}{" "}
              {it.text}
            </Text>
          ))}
        </Stack>
      )}
      <Collapse expanded={isOpen}>{isOpen ? <ColumnDetails {...props} choice={choice} /> : null}</Collapse>
    </>
  );
});
