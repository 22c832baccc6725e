// A look into an archive, without downloading it: its tree, and the first rows of its tables.
import { Alert, Stack, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { ArchiveTree } from "./archive-tree.tsx";
import type { PreviewFacts } from "./preview-facts.ts";
import { Section } from "./section.tsx";
import { TableLook } from "./table-look.tsx";

export function Preview({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const found = useQuery({
    queryKey: ["exports", org, "preview", id],
    queryFn: async ({ signal }) =>
      (await api.org.getExportsByIdPreview({ org, id }, { signal })) as unknown as PreviewFacts,
    // An archive never changes.
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Answer of={found}>
      {(preview) => (
        <Stack gap="lg">
          {preview.withheld ? (
            <Alert color="gray" variant="light" icon={<IconLock aria-hidden />}>
              <Text size="sm">{t("exports.preview.withheld")}</Text>
            </Alert>
          ) : null}
          {preview.entries.length === 0 ? null : (
            <Section title={t("exports.preview.tree")}>
              <ArchiveTree of={preview} />
            </Section>
          )}
          {preview.tables.map((table) => (
            <Section key={table.name} title={table.label ?? table.name}>
              <TableLook of={table} />
            </Section>
          ))}
        </Stack>
      )}
    </Answer>
  );
}
