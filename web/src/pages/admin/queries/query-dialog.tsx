// A registered query: its document, and the id by which it is run.
import { Code, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { PersistedQuery } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useLast } from "../../../lib/use-last.ts";
import { Answer } from "../../../parts/answer.tsx";
import { CopyField } from "../../../parts/copy-field.tsx";

export function QueryDialog({
  query,
  onClose,
}: {
  readonly query: PersistedQuery | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const its = useLast(query);
  const id = its?._id ?? "";
  const found = useQuery({
    queryKey: ["persisted-queries", org, "one", id],
    queryFn: ({ signal }) => api.org.getPersistedQueriesById({ org, id }, { signal }),
    enabled: id !== "",
  });
  return (
    <Modal
      opened={query !== null}
      onClose={onClose}
      title={its?.name}
      closeButtonProps={{ "aria-label": t("common.close") }}
      size="xl"
    >
      <Stack>
        <CopyField label={t("admin.queries.id")} value={its?.documentId ?? ""} />
        <div>
          <Text size="sm" fw={600} mb={4}>
            {t("admin.queries.document")}
          </Text>
          <Answer of={found}>
            {({ document }) => (
              <Code block tabIndex={0} role="region" aria-label={t("admin.queries.document")}>
                {document}
              </Code>
            )}
          </Answer>
        </div>
      </Stack>
    </Modal>
  );
}
