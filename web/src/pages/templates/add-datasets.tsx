// Picks dataset templates for an export template.
import { Anchor, Button, Checkbox, Group, Modal, ScrollArea, Stack, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ListedTemplate } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useObjectTypes } from "./facts-hooks.ts";

export function AddDatasets({
  opened,
  onClose,
  templates,
  onAdd,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly templates: readonly ListedTemplate[];
  readonly onAdd: (templates: readonly ListedTemplate[]) => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { nameOf } = useObjectTypes();
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const words = search.trim().toLowerCase();
  const found = templates.filter((it) => `${it.name} ${it.description ?? ""}`.toLowerCase().includes(words));
  const close = (): void => {
    setSearch("");
    setChosen([]);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("templates.datasets.add")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {templates.length === 0 ? (
        <Text size="sm">
          {t("templates.dataset.noneDetail")}{" "}
          <Anchor component={Link} size="sm" to={`/${org}/templates/dataset/new`}>
            {t("templates.dataset.new")}
          </Anchor>
        </Text>
      ) : (
        <Stack>
          <TextInput
            label={t("common.search")}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            data-autofocus
          />
          <ScrollArea.Autosize
            mah="45vh"
            viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("templates.dataset.many") }}
          >
            <Checkbox.Group aria-label={t("templates.dataset.many")} value={[...chosen]} onChange={setChosen}>
              <Stack gap="xs">
                {found.map((it) => (
                  <Checkbox
                    key={it._id}
                    value={it._id}
                    label={it.name}
                    description={[...(it.objects === null ? [] : [nameOf(it.objects)]), it.format].join(" · ")}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
            {found.length === 0 ? <Text size="sm">{t("templates.noneFound")}</Text> : null}
          </ScrollArea.Autosize>
          <Group justify="flex-end">
            <Button
              disabled={chosen.length === 0}
              onClick={() => {
                onAdd(chosen.flatMap((id) => templates.find((it) => it._id === id) ?? []));
                close();
              }}
            >
              {chosen.length === 0
                ? t("templates.datasets.add")
                : t("templates.datasets.addChosen", { count: chosen.length })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
