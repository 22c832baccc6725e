// The organisation of the page, and the others that the reader belongs to.
import { Button, Menu, Text } from "@mantine/core";
import { IconCheck, IconSelector } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useOrg } from "./org.ts";
import { useSession } from "./session.ts";

export function OrgMenu() {
  const { t } = useTranslation();
  const { org, name } = useOrg();
  const { orgs } = useSession();
  if (orgs.length < 2) {
    return (
      <Text size="sm" truncate>
        {name}
      </Text>
    );
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          rightSection={<IconSelector size={14} aria-hidden />}
          aria-label={`${t("common.organisation")}: ${name}`}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {orgs.map((it) => (
          <Menu.Item
            key={it.code}
            component={Link}
            to={`/${it.code}/records`}
            rightSection={it.code === org ? <IconCheck size={14} aria-hidden /> : null}
          >
            {it.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
