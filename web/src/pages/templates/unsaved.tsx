// Asks before changes are left behind.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useBlocker } from "react-router";

export function Unsaved({
  isChanged,
  mayLeave,
}: {
  readonly isChanged: boolean;
  /** True once what was entered is kept, before the page knows. */
  readonly mayLeave: RefObject<boolean>;
}) {
  const { t } = useTranslation();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      isChanged && !mayLeave.current && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isChanged]);
  const stay = (): void => blocker.reset?.();
  return (
    <Modal
      opened={blocker.state === "blocked"}
      onClose={stay}
      title={t("templates.unsaved.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack>
        <Text size="sm">{t("templates.unsaved.detail")}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t("templates.unsaved.leave")}
          </Button>
          <Button onClick={stay} data-autofocus>
            {t("templates.unsaved.stay")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
