// The dialog by which an export is ordered.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { Answer } from "../answer.tsx";
import { useObjectType } from "../fields/use-path-fields.ts";
import { Loading } from "../loading.tsx";
import type { ExportSubject } from "./subject.ts";

const ExportForm = lazy(async () => ({ default: (await import("./export-form.tsx")).ExportForm }));

/** @param subject null while it is closed */
export function ExportDialog({
  subject,
  onClose,
}: {
  readonly subject: ExportSubject | null;
  readonly onClose: () => void;
}) {
  return subject === null ? null : <Opened subject={subject} onClose={onClose} />;
}

function Opened({ subject, onClose }: { readonly subject: ExportSubject; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const isNarrow = useMediaQuery("(max-width: 48em)");
  const type = useObjectType(org, subject.object);
  const [isChanged, setChanged] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const { count = null, exact = true } = subject.count ?? {};
  const name = type.data?.label ?? subject.object;
  const title =
    count === null
      ? t("exportDialog.title", { name })
      : t("exportDialog.titleOf", {
          name,
          count,
          shown: exact ? shown.number(count) : t("common.counts.about", { shown: shown.number(count) }),
        });
  return (
    <Modal
      opened
      onClose={() => (isChanged && !isLeaving ? setLeaving(true) : onClose())}
      title={title}
      size={1080}
      fullScreen={isNarrow}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {isLeaving ? (
        <Stack mb="md" role="alertdialog" aria-label={t("exportDialog.leave.title")}>
          <Text size="sm">{t("exportDialog.leave.title")}</Text>
          <Group>
            <Button size="xs" color="red.9" onClick={onClose} autoFocus>
              {t("exportDialog.leave.yes")}
            </Button>
            <Button size="xs" variant="default" onClick={() => setLeaving(false)}>
              {t("exportDialog.leave.no")}
            </Button>
          </Group>
        </Stack>
      ) : null}
      <Answer of={type}>
        {(its) => (
          <Suspense fallback={<Loading />}>
            <ExportForm subject={subject} type={its} onChanged={() => setChanged(true)} onDone={onClose} />
          </Suspense>
        )}
      </Answer>
    </Modal>
  );
}
