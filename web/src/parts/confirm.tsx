// Asks before something is done that cannot be undone; stays open, with the reason, where it did not work.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "./problem.tsx";

export function Confirm({
  opened,
  onClose,
  title,
  children,
  action,
  onConfirm,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says: "Delete 3 exports". */
  readonly action: string;
  readonly onConfirm: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const { mutate, isPending, error, reset } = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  const close = (): void => {
    reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <Text size="sm" component="div">
          {children}
        </Text>
        {error === null ? null : <Problem error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t("common.cancel")}
          </Button>
          <Button color="red.9" loading={isPending} onClick={() => mutate()} data-autofocus>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
