// A dataset of an export template: a dataset template by its name, or one that is written into the export template.
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { ActionIcon, Anchor, Box, Group, Paper, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconGripVertical, IconInfoCircle, IconX } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ListedTemplate } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import classes from "./column-row.module.css";
import { useObjectTypes } from "./facts-hooks.ts";
import { InlinePart } from "./inline-part.tsx";
import { nameOfInline, type Part } from "./model.ts";
import { PlaceInput } from "./place-input.tsx";
import type { Finding } from "./use-preview.ts";

export function PartRow({
  part,
  index,
  count,
  template,
  findings,
  fileNames,
  readOnly,
  onMove,
  onChange,
  onRemove,
}: {
  readonly part: Part;
  readonly index: number;
  readonly count: number;
  /** As it is now; undefined while it is not known, or where it is no more. */
  readonly template: ListedTemplate | undefined;
  readonly findings: readonly Finding[];
  readonly fileNames: readonly string[];
  readonly readOnly: boolean;
  readonly onMove: (to: number) => void;
  readonly onChange: (part: Part) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { nameOf } = useObjectTypes();
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: part.key,
    disabled: readOnly,
  });
  const name = part.kind === "reference" ? (template?.name ?? part.name) : nameOfInline(part.body);
  const object = part.kind === "reference" ? template?.objects : part.body["object"];
  const format = part.kind === "reference" ? template?.format : part.body["format"];
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
    <Paper
      ref={setNodeRef}
      component="li"
      withBorder
      className={classes["row"]}
      data-pointer={part.key}
      data-dragging={isDragging || undefined}
      data-problem={findings.some((it) => it.tone === "problem") || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      onKeyDown={step}
    >
      <Group gap={6} wrap="nowrap" align="flex-start">
        {readOnly ? null : (
          <ActionIcon
            ref={setActivatorNodeRef}
            {...attributes}
            {...listeners}
            variant="subtle"
            color="gray"
            c="dimmed"
            className={classes["handle"]}
            aria-label={t("templates.datasets.drag", { name })}
          >
            <IconGripVertical size={16} aria-hidden />
          </ActionIcon>
        )}
        <PlaceInput index={index} count={count} name={name} readOnly={readOnly} onMove={onMove} />
        <Box flex={1} miw={0} pt={3}>
          {part.kind === "reference" ? (
            <Anchor component={Link} to={`/${org}/templates/dataset/${part.template}`} size="sm" fw={500}>
              {name}
            </Anchor>
          ) : (
            <Text size="sm" fw={500}>
              {name}
            </Text>
          )}
          <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {[
              ...(typeof object === "string" ? [nameOf(object)] : []),
              ...(typeof format === "string" ? [format] : []),
              ...(part.kind === "inline" ? [t("templates.datasets.inline")] : []),
            ].join(" · ")}
            {fileNames.length === 0 ? null : <> → {fileNames.join(", ")}</>}
          </Text>
          {part.kind === "inline" ? (
            <InlinePart
              body={part.body}
              readOnly={readOnly}
              onChange={(body) => onChange({ ...part, body })}
              onKept={({ _id, name: its }) => onChange({ key: part.key, kind: "reference", template: _id, name: its })}
            />
          ) : null}
        </Box>
        {readOnly ? null : (
          <ActionIcon
            variant="subtle"
            color="gray"
            c="dimmed"
            aria-label={t("templates.datasets.remove", { name })}
            onClick={onRemove}
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
    </Paper>
  );
}
