// Who is signed in; language, theme, profile, and the way out.
import { Button, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconUserCircle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { signOut } from "../api/auth.ts";
import { api } from "../api/client.ts";
import { LANGUAGES, speak } from "../text/index.ts";
import { useOrg } from "./org.ts";
import { useSession } from "./session.ts";

const NAMES = { en: "English", fr: "Français" } as const;
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
  const mark = <IconCheck size={14} aria-hidden />;
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          size="xs"
          leftSection={<IconUserCircle size={18} stroke={1.6} aria-hidden />}
        >
          {person.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{person.email}</Menu.Label>
        <Menu.Item component={Link} to={`/${org}/profile`}>
          {t("common.profile")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t("common.language")}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={i18n.language === language ? mark : null}
            onClick={() => void speak(language).then(() => keep({ language }))}
          >
            {NAMES[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("common.theme.label")}</Menu.Label>
        {THEMES.map((theme) => (
          <Menu.Item
            key={theme}
            rightSection={colorScheme === theme ? mark : null}
            onClick={() => {
              setColorScheme(theme);
              keep({ theme });
            }}
          >
            {t(`common.theme.${theme}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void leave()}>{t("common.signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
