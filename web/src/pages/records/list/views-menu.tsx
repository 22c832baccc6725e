// Saved views: to open, save over, or delete; and the present one to be saved.
import { Button, CloseButton, Group, Menu } from "@mantine/core";
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
      <Menu position="bottom-start" shadow="md" width={280}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconBookmark size={16} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t("records.views.action")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 ? <Menu.Label>{t("records.views.none")}</Menu.Label> : null}
          {views.map((it) => (
            <Group key={it._id} gap={2} wrap="nowrap" role="none">
              <Menu.Item flex={1} miw={0} onClick={() => onChange(readSaved(it.view))}>
                {it.name}
              </Menu.Item>
              <Menu.Item
                w="auto"
                px={6}
                aria-label={t("records.views.delete", { name: it.name })}
                onClick={() => setDeleted(it)}
              >
                <CloseButton component="span" size="sm" aria-hidden role="presentation" tabIndex={-1} />
              </Menu.Item>
            </Group>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconDeviceFloppy size={16} aria-hidden />} onClick={() => setSaving(true)}>
            {t("records.views.save")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
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
