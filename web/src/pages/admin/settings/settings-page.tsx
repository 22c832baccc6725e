// What the configuration says of the org, in words. It is changed in waybill.yaml alone.
import { Code, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Answer } from "../../../parts/answer.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { Section } from "../../../parts/section.tsx";
import { Facts } from "../facts.tsx";
import { useSettings } from "./use-settings.ts";
import { useArchiveFacts, useDataFacts, useOrderFacts, usePeopleFacts } from "./facts-of.tsx";

export function Page() {
  const { t } = useTranslation();
  const found = useSettings();
  const archives = useArchiveFacts();
  const orders = useOrderFacts();
  const people = usePeopleFacts();
  const data = useDataFacts();
  return (
    <>
      <PageHead
        title={t("admin.settings.title")}
        detail={
          <>
            {t("admin.settings.detail")} <Code>waybill.yaml</Code>
          </>
        }
      />
      <Answer of={found}>
        {(settings) => (
          <Stack>
            <Section title={t("admin.settings.parts.archives")}>
              <Facts facts={archives(settings)} />
            </Section>
            <Section title={t("admin.settings.parts.orders")}>
              <Facts facts={orders(settings)} />
            </Section>
            <Section title={t("admin.settings.parts.people")}>
              <Facts facts={people(settings)} />
            </Section>
            <Section title={t("admin.settings.parts.data")}>
              <Facts facts={data(settings)} />
            </Section>
          </Stack>
        )}
      </Answer>
    </>
  );
}
