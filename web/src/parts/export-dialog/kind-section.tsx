// What is to be exported: only what suits the object type.
import { Radio, SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { type Kind, KINDS } from "./draft.ts";
import type { SectionProps } from "./export-form.tsx";

export function KindSection({
  draft,
  change,
  type,
  hasMetadata,
}: SectionProps & { readonly type: ObjectTypeWithFields; readonly hasMetadata: boolean }) {
  const { t } = useTranslation();
  const { may } = useOrg();
  const fits: Readonly<Record<Kind, boolean>> = {
    table: true,
    list: hasMetadata,
    files: type.files.length > 0,
    folders: type.key.length > 0,
    template: may("templates.see"),
  };
  return (
    <Radio.Group label={t("exportDialog.kind.label")} value={draft.kind} onChange={(kind) => change({ kind })}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" verticalSpacing="xs" mt={6}>
        {KINDS.filter((kind) => fits[kind]).map((kind) => (
          <Radio
            key={kind}
            value={kind}
            label={t(`exportDialog.kind.${kind}`)}
            description={t(`exportDialog.kind.${kind}Hint`)}
            data-autofocus={kind === draft.kind || undefined}
          />
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
