// The frame of pages for whoever is not signed in.
import { Center, Group, Paper, SegmentedControl, Stack, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { LANGUAGES, type Language, speak } from "../../text/index.ts";

export function SignInCard({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    document.title = `${title} · Waybill`;
  }, [title]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={400}>
        <Group justify="space-between">
          <Title order={2} size="h3" component="div">
            {t("common.productName")}
          </Title>
          <SegmentedControl
            size="xs"
            aria-label={t("common.language")}
            data={LANGUAGES.map((language) => ({ value: language, label: language.toUpperCase() }))}
            value={i18n.language}
            onChange={(language) => void speak(language as Language)}
          />
        </Group>
        <Paper withBorder p="lg">
          <Title order={1} size="h2" mb="md">
            {title}
          </Title>
          {children}
        </Paper>
      </Stack>
    </Center>
  );
}
