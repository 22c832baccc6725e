// Saved views: to open, save over, or delete; and the present one to be saved.
import { Button, CloseButton, Divider, Group, Popover, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark, IconChevronDown, IconDeviceFloppy } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { View } from "../../../api/generated.ts";
import { Confirm } from "../../../parts/confirm.tsx";
import { readSaved } from "./saved-view.ts";
import { SaveView } from "./save-view.tsx";
import type { ChangeView, RecordsView } from "./view.ts";

export function ViewsMenu({
  org,
  object,
  view,
  onChange,
}: {
  readonly org: string;
  readonly object: string;
  readonly view: RecordsView;
  readonly onChange: ChangeView;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [isSaving, setSaving] = useState(false);
  const [deleted, setDeleted] = useState<View | null>(null);
  const key = ["views", org, object];
  const { data: views = [] } = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api.org.getViews({ org, objects: object, limit: 200 }, { signal })).data,
    staleTime: 60_000,
  });
  return (
    <>
      <Popover opened={opened} onChange={(next) => !next && close()} width={280} shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <Button
            variant="default"
            onClick={toggle}
            leftSection={<IconBookmark size={16} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t("records.views.action")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={6} aria-label={t("records.views.action")}>
          <Stack gap={2}>
            {views.length === 0 ? (
              <Text size="sm" c="dimmed" p={6}>
                {t("records.views.none")}
              </Text>
            ) : null}
            <Stack gap={2} mah="50dvh" style={{ overflowY: "auto" }}>
              {views.map((it) => (
                <Group key={it._id} gap={2} wrap="nowrap">
                  <Button
                    flex={1}
                    miw={0}
                    size="compact-sm"
                    variant="subtle"
                    justify="flex-start"
                    fw={400}
                    onClick={() => {
                      onChange(readSaved(it.view));
                      close();
                    }}
                  >
                    {it.name}
                  </Button>
                  <CloseButton
                    size="md"
                    iconSize={16}
                    aria-label={t("records.views.delete", { name: it.name })}
                    onClick={() => {
                      close();
                      setDeleted(it);
                    }}
                  />
                </Group>
              ))}
            </Stack>
            <Divider />
            <Button
              size="compact-sm"
              variant="subtle"
              justify="flex-start"
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              onClick={() => {
                close();
                setSaving(true);
              }}
            >
              {t("records.views.save")}
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <SaveView
        org={org}
        object={object}
        view={view}
        names={views.map((it) => it.name)}
        opened={isSaving}
        onClose={() => setSaving(false)}
      />
      <Confirm
        opened={deleted !== null}
        onClose={() => setDeleted(null)}
        title={t("records.views.deleteTitle")}
        action={t("common.delete")}
        onConfirm={async () => {
          if (deleted !== null) await api.org.deleteViewsById({ org, id: deleted._id });
          await client.invalidateQueries({ queryKey: key });
        }}
      >
        {t("records.views.deleteText", { name: deleted?.name ?? "" })}
      </Confirm>
    </>
  );
}
