// The present view is given a name, or takes that of another.
import { Autocomplete, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { Problem } from "../../../parts/problem.tsx";
import { toSave } from "./saved-view.ts";
import type { RecordsView } from "./view.ts";

export function SaveView({
  org,
  object,
  view,
  names,
  opened,
  onClose,
}: {
  readonly org: string;
  readonly object: string;
  readonly view: RecordsView;
  /** Those that are taken. */
  readonly names: readonly string[];
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const given = name.trim();
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: () => api.org.putViews({ org }, { objects: object, name: given, view: toSave(view) }),
    onSuccess() {
      void client.invalidateQueries({ queryKey: ["views", org, object] });
      notifications.show({ message: t("records.views.saved", { name: given }), color: "cyan" });
      setName("");
      onClose();
    },
  });
  const close = (): void => {
    reset();
    onClose();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (given !== "") mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("records.views.saveTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm" c="dimmed">
            {t("records.views.hint")}
          </Text>
          <Autocomplete
            label={t("records.views.name")}
            description={t("records.views.nameHint")}
            maxLength={100}
            comboboxProps={{ withinPortal: false }}
            data={[...names]}
            value={name}
            onChange={setName}
            data-autofocus
          />
          {error === null ? null : <Problem error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={isPending} disabled={given === ""}>
              {names.includes(given) ? t("records.views.overwrite") : t("common.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
