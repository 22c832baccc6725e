// Looks for every record of a batch, when it is asked to.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { Loading } from "../../parts/loading.tsx";
import { Problem } from "../../parts/problem.tsx";
import { KeyList } from "./key-list.tsx";

export function CheckBatch({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconChecklist size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t("batches.records.check")}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t("batches.records.check")}
        closeButtonProps={{ "aria-label": t("common.close") }}
      >
        {opened ? <Checked id={id} /> : null}
      </Modal>
    </>
  );
}

/** Begins when it is shown; whoever closes it stops it. */
function Checked({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const { data, error, refetch } = useQuery({
    queryKey: ["batches", org, id, "check"],
    queryFn: ({ signal }) => api.org.getBatchesByIdCheck({ org, id }, { signal }),
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (error !== null) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <>
        <Text size="sm">{t("batches.records.checking")}</Text>
        <Loading />
      </>
    );
  }
  const { count: gone, keys } = data.vanished;
  if (gone === 0) {
    return (
      <Text size="sm" role="status">
        {t("batches.records.checkedAll", { count: data.count, shown: shown.number(data.count) })}
      </Text>
    );
  }
  return (
    <Stack gap="xs" role="status">
      <Text size="sm" fw={600}>
        {t("batches.records.checkedSome", { count: gone, shown: shown.number(gone), all: shown.number(data.count) })}
      </Text>
      <Text size="sm">{t(gone === 1 ? "batches.records.vanishedDetail" : "batches.records.vanishedDetailMany")}</Text>
      {keys.length === 0 ? null : (
        <>
          {keys.length < gone ? (
            <Text size="sm">{t("batches.records.checkedFirst", { shown: shown.number(keys.length) })}</Text>
          ) : null}
          <Group gap={6} mah={240} style={{ overflow: "auto" }}>
            <KeyList keys={keys} />
          </Group>
        </>
      )}
    </Stack>
  );
}
