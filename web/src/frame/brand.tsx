// Sign and name, which lead to where one begins.
import { Anchor, Group, Image, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { BASE_PATH } from "../lib/base-path.ts";
import { useOrg } from "./org.ts";

export function Brand() {
  const { t } = useTranslation();
  const { org } = useOrg();
  return (
    <Anchor component={Link} to={`/${org}/records`} underline="never" c="inherit" visibleFrom="xs">
      <Group gap="xs" wrap="nowrap" component="span">
        <Image src={`${BASE_PATH}/icon.svg`} alt="" w={24} h={24} />
        <Text component="span" fw={600}>
          {t("common.productName")}
        </Text>
      </Group>
    </Anchor>
  );
}
