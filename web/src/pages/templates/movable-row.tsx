// A row of a list that is put in order: by its handle, by Alt and an arrow key, by the place that is typed. What is in it is drawn anew only
// when it changes, not with each step of a drag.
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Box, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconGripVertical, IconInfoCircle, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, memo, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import classes from "./movable-row.module.css";
import { PlaceInput } from "./place-input.tsx";
import type { Finding } from "./use-preview.ts";

interface RowProps {
  /** What it is called. */
  readonly name: string;
  readonly index: number;
  readonly findings: readonly Finding[];
  readonly readOnly: boolean;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly children: ReactNode;
  /** What stands below the whole row. */
  readonly below?: ReactNode;
}

export function MovableRow({
  id,
  onDragging,
  ...props
}: RowProps & {
  readonly id: string;
  /** Told when it is picked up and put down. */
  readonly onDragging?: (isDragging: boolean) => void;
}) {
  const { index, findings, readOnly, onMove } = props;
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id,
    disabled: readOnly,
  });
  useEffect(() => onDragging?.(isDragging), [isDragging, onDragging]);
  const step = (event: KeyboardEvent<HTMLElement>): void => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!event.altKey || by === 0 || readOnly) return;
    event.preventDefault();
    const { target } = event;
    onMove(index + by);
    // An element that is moved loses the focus.
    requestAnimationFrame(() => target instanceof HTMLElement && target.focus());
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys that are pressed in its controls
    <div
      ref={setNodeRef}
      className={classes["row"]}
      data-dragging={isDragging || undefined}
      data-problem={hasProblem(findings) || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      onKeyDown={step}
    >
      <Content {...props} handleRef={setActivatorNodeRef} attributes={attributes} listeners={listeners} />
    </div>
  );
}

function hasProblem(findings: readonly Finding[]): boolean {
  return findings.some(({ tone }) => tone === "problem");
}

type Sortable = ReturnType<typeof useSortable>;

interface Grip extends Pick<Sortable, "attributes" | "listeners"> {
  readonly handleRef: Sortable["setActivatorNodeRef"];
}

const Content = memo(function Content({
  name,
  index,
  findings,
  readOnly,
  onMove,
  onRemove,
  children,
  below,
  handleRef,
  attributes,
  listeners,
}: RowProps & Grip) {
  const { t } = useTranslation();
  return (
    <>
      <Group gap={6} wrap="nowrap" align="flex-start">
        {readOnly ? null : <Handle name={name} handleRef={handleRef} attributes={attributes} listeners={listeners} />}
        <PlaceInput index={index} name={name} readOnly={readOnly} onMove={onMove} />
        <Box flex={1} miw={0}>
          {children}
        </Box>
        {readOnly ? null : <Remove name={name} onRemove={onRemove} />}
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
      {below}
    </>
  );
});

/** What it is dragged by. */
const Handle = memo(function Handle({ name, handleRef, attributes, listeners }: Grip & { readonly name: string }) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      ref={handleRef}
      {...attributes}
      {...listeners}
      variant="subtle"
      color="gray"
      c="dimmed"
      className={classes["handle"]}
      aria-label={t("templates.columns.drag", { name })}
    >
      <IconGripVertical size={16} aria-hidden />
    </ActionIcon>
  );
});

const Remove = memo(function Remove({ name, onRemove }: Pick<RowProps, "name" | "onRemove">) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="dimmed"
      aria-label={t("templates.columns.remove", { name })}
      onClick={onRemove}
    >
      <IconX size={16} aria-hidden />
    </ActionIcon>
  );
});
