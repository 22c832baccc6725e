// Name, language, time zone and theme.
import { Box, Button, Group, Select, SimpleGrid, TextInput, useMantineColorScheme } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { besides, problemAt } from "../../lib/field-problem.ts";
import { Problem } from "../../parts/problem.tsx";
import { Section } from "../../parts/section.tsx";
import { type Language, LANGUAGE_NAMES, LANGUAGES, speak } from "../../text/index.ts";
import { TimeZoneSelect } from "./time-zone-select.tsx";

const THEMES = ["light", "dark", "auto"] as const;

export function YouSection() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const { person } = useSession();
  const { timeZone: zoneOfOrg } = useOrg();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [name, setName] = useState(person.name);
  const [language, setLanguage] = useState(i18n.language as Language);
  const [timeZone, setTimeZone] = useState(person.timeZone);
  const [theme, setTheme] = useState<(typeof THEMES)[number]>(colorScheme);
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => api.api.patchSession({ name: name.trim(), language, timeZone, theme }),
    async onSuccess() {
      setColorScheme(theme);
      await speak(language);
      // Labels come from the server in the reader's language.
      await client.invalidateQueries();
      notifications.show({ message: i18n.t("profile.saved"), color: "teal" });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const apart = besides(error, ["/name", "/timeZone"]);
  return (
    <Section title={t("profile.you.title")} detail={t("profile.you.detail")}>
      <form onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="md">
          <TextInput
            label={t("profile.you.name")}
            name="name"
            autoComplete="name"
            required
            withAsterisk={false}
            maxLength={200}
            value={name}
            error={problemAt(error, "/name")}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t("profile.you.email")}
            description={t("profile.you.emailHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            readOnly
            value={person.email}
          />
          <Select
            label={t("profile.you.language")}
            description={t("profile.you.languageHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            value={language}
            allowDeselect={false}
            onChange={(value) => setLanguage(value as Language)}
          />
          <TimeZoneSelect
            value={timeZone}
            fallback={zoneOfOrg}
            error={problemAt(error, "/timeZone")}
            onChange={setTimeZone}
          />
          <Select
            label={t("profile.you.theme")}
            data={THEMES.map((value) => ({ value, label: t(`common.theme.${value}`) }))}
            value={theme}
            allowDeselect={false}
            onChange={(value) => setTheme(value ?? "auto")}
          />
        </SimpleGrid>
        {apart === null ? null : (
          <Box mt="md">
            <Problem error={apart} />
          </Box>
        )}
        <Group justify="flex-end" mt="md">
          <Button type="submit" loading={isPending}>
            {t("profile.save")}
          </Button>
        </Group>
      </form>
    </Section>
  );
}
