// Which columns are shown: those of the object type, or of one of the lists that are exported with it.
import { Button, Group, Menu, SegmentedControl, Text } from "@mantine/core";
import { IconListDetails, IconTrash } from "@tabler/icons-react";
import type { Dispatch, SetStateAction } from "react";
import { useTranslation } from "react-i18next";
import { useObjectTypes } from "./facts-hooks.ts";
import { type Dataset, newKey } from "./model.ts";
import type { Choices } from "./use-choices.ts";

export function ListTabs({
  draft,
  setDraft,
  choices,
  table,
  onTable,
  readOnly,
}: {
  readonly draft: Dataset;
  readonly setDraft: Dispatch<SetStateAction<Dataset>>;
  readonly choices: Choices;
  /** 0 for the object type's own. */
  readonly table: number;
  readonly onTable: (table: number) => void;
  readonly readOnly: boolean;
}) {
  const { t } = useTranslation();
  const { nameOf } = useObjectTypes();
  const left = choices.lists.filter(({ name }) => !draft.lists.some((it) => it.list === name));
  if (draft.lists.length === 0 && (left.length === 0 || readOnly)) return null;
  return (
    <Group mb="sm" gap="xs">
      {draft.lists.length === 0 ? null : (
        <SegmentedControl
          aria-label={t("templates.lists.label")}
          size="xs"
          value={String(table)}
          onChange={(value) => onTable(Number(value))}
          data={[
            { value: "0", label: nameOf(draft.object) },
            ...draft.lists.map((it, n) => ({ value: String(n + 1), label: it.list })),
          ]}
        />
      )}
      {readOnly || left.length === 0 ? null : (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button size="xs" variant="subtle" leftSection={<IconListDetails size={16} aria-hidden />}>
              {t("templates.lists.add")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {left.map(({ name, object }) => (
              <Menu.Item
                key={name}
                onClick={() => {
                  setDraft((its) => ({
                    ...its,
                    lists: [...its.lists, { key: newKey(), list: name, columns: [], others: {} }],
                  }));
                  onTable(draft.lists.length + 1);
                }}
              >
                {name}{" "}
                <Text span size="xs" c="dimmed">
                  {nameOf(object)}
                </Text>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {table === 0 || readOnly ? null : (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          c="dimmed"
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => {
            setDraft((its) => ({ ...its, lists: its.lists.filter((_, n) => n !== table - 1) }));
            onTable(0);
          }}
        >
          {t("templates.lists.remove", { name: draft.lists[table - 1]?.list ?? "" })}
        </Button>
      )}
      {table === 0 ? null : (
        <Text size="sm" c="dimmed" w="100%">
          {t("templates.lists.detail")}
        </Text>
      )}
    </Group>
  );
}
