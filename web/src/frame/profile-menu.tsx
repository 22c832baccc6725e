// Who is signed in; language, theme, profile, and the way out.
import { Button, Menu, Text, useMantineColorScheme } from "@mantine/core";
import { IconUserCircle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { signOut } from "../api/auth.ts";
import { api } from "../api/client.ts";
import { type Language, LANGUAGE_NAMES, LANGUAGES, speak } from "../text/index.ts";
import { useOrg } from "./org.ts";
import { useSession } from "./session.ts";

const THEMES = ["light", "dark", "auto"] as const;

export function ProfileMenu() {
  const { t, i18n } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { org } = useOrg();
  const { person } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const keep = (preference: Parameters<typeof api.api.patchSession>[0]): void => {
    void api.api.patchSession(preference).then(() => client.invalidateQueries());
  };
  const leave = async (): Promise<void> => {
    await signOut().catch(() => {});
    await navigate("/sign-in");
    client.clear();
  };
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          size="xs"
          px={{ base: 6, sm: "xs" }}
          style={{ flexShrink: 0 }}
          leftSection={<IconUserCircle size={18} stroke={1.6} aria-hidden />}
          styles={{ section: { marginInlineEnd: 6 } }}
          aria-label={t("common.profileOf", { name: person.name })}
          title={person.name}
        >
          <Text component="span" size="xs" fw={600} truncate maw={180} visibleFrom="xs">
            {person.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label style={{ overflowWrap: "anywhere" }}>
          {person.name} · {person.email}
        </Menu.Label>
        <Menu.Item component={Link} to={`/${org}/profile`}>
          {t("common.profile")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("common.language")}</Menu.Label>
        <Menu.RadioGroup
          value={i18n.language}
          onChange={(language) => void speak(language as Language).then(() => keep({ language: language as Language }))}
        >
          {LANGUAGES.map((language) => (
            <Menu.RadioItem key={language} value={language} lang={language}>
              {LANGUAGE_NAMES[language]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{t("common.theme.label")}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => {
            const theme = value as (typeof THEMES)[number];
            setColorScheme(theme);
            keep({ theme });
          }}
        >
          {THEMES.map((theme) => (
            <Menu.RadioItem key={theme} value={theme}>
              {t(`common.theme.${theme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{t("common.signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
