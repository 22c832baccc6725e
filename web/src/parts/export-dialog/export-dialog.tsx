// The dialog by which an export is ordered. What was entered is not thrown away unasked.
import { Button, Group, Modal, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "../loading.tsx";
import type { ExportSubject } from "./subject.ts";

// Pages that can open it are not made larger by it.
const OpenedDialog = lazy(async () => ({ default: (await import("./opened-dialog.tsx")).OpenedDialog }));

/** @param subject null while it is closed */
export function ExportDialog({
  subject,
  onClose,
}: {
  readonly subject: ExportSubject | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const [isChanged, setIsChanged] = useState(false);
  const [asks, setAsks] = useState(false);
  const leave = (): void => {
    setAsks(false);
    setIsChanged(false);
    onClose();
  };
  const close = (): void => {
    // The Escape key that leads here would close the question, too.
    if (isChanged) window.setTimeout(() => setAsks(true));
    else leave();
  };
  return (
    <>
      <Modal
        opened={subject !== null}
        onClose={close}
        closeOnClickOutside={!isChanged}
        closeOnEscape={!asks}
        title={t("exportDialog.title")}
        size="min(1280px, 94vw)"
        fullScreen={isNarrow}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        {subject === null ? null : (
          <Suspense fallback={<Loading />}>
            <OpenedDialog subject={subject} onChange={setIsChanged} onDone={leave} onCancel={close} />
          </Suspense>
        )}
      </Modal>
      <Modal
        opened={asks}
        onClose={() => setAsks(false)}
        title={t("exportDialog.leave.title")}
        closeButtonProps={{ "aria-label": t("common.close") }}
        zIndex={300}
      >
        <Text size="sm">{t("exportDialog.leave.detail")}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={leave}>
            {t("exportDialog.leave.action")}
          </Button>
          <Button onClick={() => setAsks(false)} data-autofocus>
            {t("exportDialog.leave.stay")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
