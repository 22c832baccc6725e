// A group of conditions: all, any or none of them must hold.
import { ActionIcon, Button, Code, Group as Row, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PathField } from "../fields/field.ts";
import { ConditionForm } from "./condition-form.tsx";
import { emptyCondition, emptyGroup, type Group, type Item } from "./model.ts";

/** Groups inside of groups, at most, that the form offers. */
const DEEPEST = 2;

export function GroupForm({
  group,
  fields,
  problems,
  depth,
  onChange,
  onRemove,
}: {
  readonly group: Group;
  readonly fields: readonly PathField[];
  readonly problems: ReadonlyMap<number, string>;
  readonly depth: number;
  readonly onChange: (group: Group) => void;
  readonly onRemove?: () => void;
}) {
  const { t } = useTranslation();
  const put = (items: readonly Item[]): void => onChange({ ...group, items });
  const replace = (item: Item): void => put(group.items.map((it) => (it.id === item.id ? item : it)));
  const remove = (id: number): void => put(group.items.filter((it) => it.id !== id));
  const problem = problems.get(group.id);
  const content = (
    <Stack gap="sm">
      {group.items.length < 2 && depth === 0 && group.joined === "all" ? null : (
        <Row gap="xs" justify="space-between" wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label={t("records.filter.joined.label")}
            value={group.joined}
            onChange={(joined) => onChange({ ...group, joined: joined })}
            data={(["all", "any", "none"] as const).map((value) => ({
              value,
              label: t(`records.filter.joined.${value}`),
            }))}
          />
          {onRemove === undefined ? null : (
            <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={t("records.filter.removeGroup")}>
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          )}
        </Row>
      )}
      {problem === undefined ? null : (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {problem}
        </Text>
      )}
      {group.items.map((item) =>
        item.kind === "group" ? (
          <GroupForm
            key={item.id}
            group={item}
            fields={fields}
            problems={problems}
            depth={depth + 1}
            onChange={replace}
            onRemove={() => remove(item.id)}
          />
        ) : item.kind === "raw" ? (
          <Row key={item.id} gap="xs" wrap="nowrap" align="flex-start">
            <Stack gap={2} flex={1} miw={0}>
              <Code block fz="xs">
                {JSON.stringify(item.json, null, 1)}
              </Code>
              <Text size="xs" c={problems.has(item.id) ? "var(--mantine-color-error)" : "dimmed"}>
                {problems.get(item.id) ?? t("records.filter.raw")}
              </Text>
            </Stack>
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={() => remove(item.id)}
              aria-label={t("records.filter.remove")}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Row>
        ) : (
          <ConditionForm
            key={item.id}
            condition={item}
            fields={fields}
            problem={problems.get(item.id)}
            onChange={replace}
            onRemove={() => remove(item.id)}
          />
        ),
      )}
      <Row gap="xs">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => put([...group.items, emptyCondition()])}
        >
          {t("records.filter.add")}
        </Button>
        {depth >= DEEPEST || (depth === 0 && group.items.length === 0) ? null : (
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => put([...group.items, emptyGroup("any", [emptyCondition()])])}
          >
            {t("records.filter.addGroup")}
          </Button>
        )}
      </Row>
    </Stack>
  );
  return depth === 0 ? (
    content
  ) : (
    <Paper withBorder p="sm" role="group" aria-label={t("records.filter.group")}>
      {content}
    </Paper>
  );
}
