// The frame of pages for whoever is not signed in.
import { Center, Group, Image, Paper, SegmentedControl, Stack, Title } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { BASE_PATH } from "../../lib/base-path.ts";
import { LANGUAGES, type Language, speak } from "../../text/index.ts";

export function SignInCard({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t("common.productName")}`;
  }, [t, title]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={420}>
        <Group justify="space-between">
          <Group gap="xs">
            <Image src={`${BASE_PATH}/icon.svg`} alt="" w={28} h={28} />
            <Title order={2} size="h3" component="div">
              {t("common.productName")}
            </Title>
          </Group>
          <SegmentedControl
            size="xs"
            aria-label={t("common.language")}
            data={LANGUAGES.map((language) => ({ value: language, label: language.toUpperCase() }))}
            value={i18n.language}
            onChange={(language) => void speak(language as Language)}
          />
        </Group>
        <Paper withBorder shadow="xs" p={{ base: "md", xs: "xl" }} radius="md">
          <Title order={1} size="h2" mb="md" style={{ overflowWrap: "anywhere" }}>
            {title}
          </Title>
          {children}
        </Paper>
      </Stack>
    </Center>
  );
}
