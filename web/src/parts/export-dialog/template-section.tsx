// Which template: what its author has decided is not asked again.
import { Anchor, Radio, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useOrg } from "../../frame/org.ts";
import { Loading } from "../loading.tsx";
import { useTemplates } from "../quick-export/use-templates.ts";
import type { SectionProps } from "./export-form.tsx";

export function TemplateSection({ draft, change, problem, object }: SectionProps & { readonly object: string }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const templates = useTemplates(org, object, true);
  if (templates === undefined) return <Loading />;
  if (templates.length === 0) {
    return (
      <Text size="sm">
        {t("exportDialog.template.none")}{" "}
        <Anchor component={Link} to={`/${org}/templates`} size="sm">
          {t("common.pages.templates")}
        </Anchor>
      </Text>
    );
  }
  return (
    <Radio.Group
      label={t("exportDialog.template.label")}
      value={draft.template}
      onChange={(template) => change({ template })}
      error={problem("/datasetTemplate") ?? problem("/exportTemplate")}
    >
      <Stack gap="xs" mt={6} mb={6}>
        {templates.map((it) => (
          <Radio
            key={it._id}
            value={`${it.object}:${it._id}`}
            label={it.name}
            description={[t(`exportDialog.template.${it.object}`), it.description].filter(Boolean).join(" · ")}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}
