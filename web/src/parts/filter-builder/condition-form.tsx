// One condition: a field, what is asked of it, and the value.
import { ActionIcon, Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PathField } from "../fields/field.ts";
import type { Condition } from "./model.ts";
import { type Asked, askedOf, mindsCase, valuesOf, wordOf } from "./operators.ts";
import { ConditionValue } from "./condition-value.tsx";

/** Fields that are listed at once; a search finds the others. */
const LISTED = 200;

export function ConditionForm({
  condition,
  fields,
  problem,
  onChange,
  onRemove,
}: {
  readonly condition: Condition;
  readonly fields: readonly PathField[];
  readonly problem: string | undefined;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { path, asked, value, matchCase } = condition;
  const field = fields.find((it) => it.path === path);
  const type = field?.type ?? "text";
  const suited = field === undefined ? [asked] : askedOf(field);
  const pick = (next: string): void => {
    const its = fields.find((it) => it.path === next);
    const all = its === undefined ? [] : askedOf(its);
    const same = its !== undefined && its.type === field?.type && its.labels === field.labels;
    onChange({
      ...condition,
      path: next,
      asked: same && all.includes(asked) ? asked : (all[0] ?? "is"),
      value: same ? value : undefined,
    });
  };
  const ask = (next: Asked): void => {
    onChange({ ...condition, asked: next, value: valueFor(next, asked, value) });
  };
  return (
    <Stack gap={4} role="group" aria-label={t("records.filter.condition")}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Group gap="xs" flex={1} miw={0}>
          <Select
            size="xs"
            flex="2 1 150px"
            aria-label={t("records.filter.field")}
            placeholder={t("records.filter.field")}
            searchable
            allowDeselect={false}
            selectFirstOptionOnChange
            limit={LISTED}
            autoFocus={path === ""}
            nothingFoundMessage={t("records.filter.noField")}
            data={choices(fields, path)}
            value={path === "" ? null : path}
            onChange={(next) => next !== null && pick(next)}
          />
          <Select
            size="xs"
            flex="1 1 130px"
            aria-label={t("records.filter.operator")}
            allowDeselect={false}
            disabled={path === ""}
            data={[...new Set([...suited, asked])].map((it) => ({
              value: it,
              label: t(`records.filter.operators.${wordOf(it, type)}`),
            }))}
            value={asked}
            onChange={(next) => next !== null && ask(next)}
          />
        </Group>
        <ActionIcon variant="subtle" color="gray" mt={1} onClick={onRemove} aria-label={t("records.filter.remove")}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {path === "" || valuesOf(asked) === "none" ? null : (
        <Group gap="xs" pe={36}>
          <ConditionValue
            key={`${path} ${valuesOf(asked)}`}
            field={field}
            asked={asked}
            value={value}
            onChange={(next) => onChange({ ...condition, value: next })}
          />
          {mindsCase(asked) ? (
            <Checkbox
              size="xs"
              label={t("records.filter.matchCase")}
              checked={matchCase}
              onChange={(event) => onChange({ ...condition, matchCase: event.currentTarget.checked })}
            />
          ) : null}
        </Group>
      )}
      {problem === undefined ? null : (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
    </Stack>
  );
}

/** What was entered stays as far as the other operator takes it. */
function valueFor(next: Asked, before: Asked, value: unknown): unknown {
  const [to, from] = [valuesOf(next), valuesOf(before)];
  if (to === from || value === undefined) return value;
  const values = Array.isArray(value) ? value : [value];
  if (to === "one") return values[0];
  return to === "many" ? values.filter((it) => it !== undefined) : to === "two" ? values.slice(0, 2) : undefined;
}

function choices(fields: readonly PathField[], path: string) {
  const known = fields.some((it) => it.path === path) || path === "";
  const own = fields.filter((it) => it.via === null).map(choice);
  const groups = Map.groupBy(
    fields.filter((it) => it.via !== null),
    ({ viaHeading }) => viaHeading!,
  );
  const others = [...groups].map(([group, its]) => ({ group, items: its.map(choice) }));
  return [...(known ? [] : [{ value: path, label: path }]), ...own, ...others];
}

function choice({ path, heading }: PathField) {
  return { value: path, label: heading };
}
