// The sections of a record's page, each a link to its place.
import { Anchor, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

export interface PageSection {
  readonly id: string;
  readonly title: string;
}

export function SectionsNav({ sections }: { readonly sections: readonly PageSection[] }) {
  const { t } = useTranslation();
  if (sections.length < 2) return null;
  return (
    <Group
      component="nav"
      aria-label={t("records.one.sections")}
      gap="md"
      py={8}
      pos="sticky"
      top={52}
      bg="var(--mantine-color-body)"
      style={{ zIndex: 2, borderBlockEnd: "1px solid var(--mantine-color-default-border)" }}
    >
      {sections.map(({ id, title }) => (
        <Anchor key={id} href={`#${encodeURIComponent(id)}`} size="sm">
          {title}
        </Anchor>
      ))}
    </Group>
  );
}
