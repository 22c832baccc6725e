// Adds many columns at once: fields found by name, ticked one by one or by group, or given by their path.
import { Button, Checkbox, Group, Modal, ScrollArea, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Columns, columnsOf } from "./columns.ts";
import { newColumn } from "./model.ts";
import type { Choice } from "./use-choices.ts";

export function AddColumns({
  opened,
  onClose,
  choices,
  there,
  onAdd,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly choices: readonly Choice[];
  /** Columns that there are already. */
  readonly there: Columns;
  readonly onAdd: (columns: Columns) => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const words = search.trim().toLowerCase();
  const found = choices.filter((it) => `${it.label} ${it.path}`.toLowerCase().includes(words));
  const groups = [...Map.groupBy(found, (it) => it.group)];
  const used = new Set(there.map((it) => it.field));
  const isPath = words !== "" && !choices.some((it) => it.path === search.trim());
  const close = (): void => {
    setSearch("");
    setChosen([]);
    onClose();
  };
  const add = (columns: Columns): void => {
    onAdd(columns);
    close();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t("templates.columns.add")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <TextInput
          label={t("templates.add.search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          data-autofocus
        />
        <ScrollArea.Autosize
          mah="50vh"
          viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("templates.add.fields") }}
        >
          <Checkbox.Group
            aria-label={t("templates.add.fields")}
            value={[...chosen]}
            // In the order in which they were ticked.
            onChange={setChosen}
          >
            <Stack gap="md">
              {groups.map(([group, its]) => (
                <Stack key={group} gap={6} role="group" aria-label={group}>
                  <Group justify="space-between">
                    <Text size="sm" fw={600}>
                      {group}
                    </Text>
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => {
                        const paths = its.map((it) => it.path).filter((it) => !used.has(it));
                        const all = paths.every((it) => chosen.includes(it));
                        setChosen(
                          all
                            ? chosen.filter((it) => !paths.includes(it))
                            : [...chosen, ...paths.filter((it) => !chosen.includes(it))],
                        );
                      }}
                    >
                      {t("templates.add.all")}
                    </Button>
                  </Group>
                  {its.map((it) => (
                    <Checkbox
                      key={it.path}
                      value={it.path}
                      label={
                        <>
                          {it.label}{" "}
                          <Text span size="xs" c="dimmed">
                            {it.path} · {it.type}
                            {used.has(it.path) ? ` · ${t("templates.add.there")}` : ""}
                          </Text>
                        </>
                      }
                      description={it.documentation}
                    />
                  ))}
                </Stack>
              ))}
            </Stack>
          </Checkbox.Group>
          {found.length === 0 ? <Text size="sm">{t("templates.add.none")}</Text> : null}
        </ScrollArea.Autosize>
        <Group justify="space-between">
          {isPath ? (
            <Button variant="default" onClick={() => add([newColumn(search.trim())])}>
              {t("templates.add.path", { path: search.trim() })}
            </Button>
          ) : (
            <Text size="xs" c="dimmed" maw={260}>
              {t("templates.add.pathHint")}
            </Text>
          )}
          <Button
            disabled={chosen.length === 0}
            onClick={() => {
              const byPath = new Map(choices.map((it) => [it.path, it]));
              add(
                columnsOf(
                  chosen.map((it) => byPath.get(it)!),
                  there,
                ),
              );
            }}
          >
            {chosen.length === 0 ? t("templates.columns.add") : t("templates.add.action", { count: chosen.length })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
