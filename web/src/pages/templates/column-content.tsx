// What is in the row of a column: where it comes from, what it is called, and below, when opened, its rules.
import { Code, Collapse, Group, Text, TextInput, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { memo, useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ColumnDetails } from "./column-details.tsx";
import classes from "./column-row.module.css";
import { headerOf } from "./columns.ts";
import type { Column } from "./model.ts";
import { MovableRow } from "./movable-row.tsx";
import { RuleBadges } from "./rule-badges.tsx";
import type { Choice, Choices } from "./use-choices.ts";
import type { Finding } from "./use-preview.ts";

export interface ColumnProps {
  readonly column: Column;
  readonly index: number;
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
}

export function ColumnContent({
  onDragging,
  ...props
}: ColumnProps & { readonly onDragging: (isDragging: boolean) => void }) {
  const { column, index, choices, findings, sample, isOpen, readOnly, onToggle, onMove, onChange, onRemove } = props;
  const { key, field } = column;
  const choice = field === null ? undefined : choices.byPath.get(field);
  const title = headerOf(column);
  const move = useCallback((to: number) => onMove(key, to, title), [onMove, key, title]);
  const remove = useCallback(() => onRemove(key), [onRemove, key]);
  return (
    <MovableRow
      id={key}
      name={title}
      index={index}
      findings={findings}
      readOnly={readOnly}
      onMove={move}
      onRemove={remove}
      onDragging={onDragging}
      below={<Collapse expanded={isOpen}>{isOpen ? <ColumnDetails {...props} choice={choice} /> : null}</Collapse>}
    >
      <ColumnParts
        column={column}
        choice={choice}
        sample={sample}
        isOpen={isOpen}
        readOnly={readOnly}
        onToggle={onToggle}
        onChange={onChange}
      />
    </MovableRow>
  );
}

/** What does not depend on its place is not drawn anew when it is moved, or another one is. */
const ColumnParts = memo(function ColumnParts({
  column,
  choice,
  sample,
  isOpen,
  readOnly,
  onToggle,
  onChange,
}: Pick<ColumnProps, "column" | "sample" | "isOpen" | "readOnly" | "onToggle" | "onChange"> & {
  readonly choice: Choice | undefined;
}) {
  const { t } = useTranslation();
  const { key, field, name } = column;
  return (
    <div className={classes["parts"]}>
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
        aria-label={t("templates.columns.nameOf", { name: headerOf(column) })}
        placeholder={field ?? ""}
        value={name}
        disabled={readOnly}
        data-pointer={`${key}/name`}
        onChange={(event) => onChange(key, { name: event.currentTarget.value })}
      />
      <RuleBadges column={column} choice={choice} />
    </div>
  );
});
