// An object type: what it is called, what it is, how many records there are.
import { Badge, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { typeQuery } from "../../../parts/fields/use-path-fields.ts";
import type { ObjectType } from "../../../api/generated.ts";
import { useCountText } from "./count-text.ts";
import classes from "./type-card.module.css";
import { useCount } from "./use-records.ts";

export function TypeCard({
  org,
  type: { name, label, documentation, range, estimatedRows },
  isCounted,
}: {
  readonly org: string;
  readonly type: ObjectType;
  /** Whether its records are counted, and its fields looked at: with hundreds of cards they are not. */
  readonly isCounted: boolean;
}) {
  const { t } = useTranslation();
  const countText = useCountText();
  const counted = useCount({ org, name }, {}, isCounted && estimatedRows === null);
  const { data: details } = useQuery({ ...typeQuery(org, name), enabled: isCounted });
  const count = estimatedRows === null ? counted.data : { count: estimatedRows, exact: false };
  const isUnknown = count?.count === null || (count === undefined && (!isCounted || counted.isError));
  return (
    <li className={classes["card"]}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Link to={encodeURIComponent(name)} className={classes["link"]}>
          {label ?? name}
        </Link>
        <Text size="sm" c="dimmed" className={classes["count"]}>
          {isUnknown ? "" : countText(count)}
        </Text>
      </Group>
      {documentation === null ? null : (
        <Text size="sm" c="dimmed" lineClamp={3} title={documentation}>
          {documentation}
        </Text>
      )}
      <Group gap={6} mt="auto">
        {details === undefined ? null : (
          <Text size="xs" c="dimmed">
            {t("records.types.fields", { count: details.fields.length })}
          </Text>
        )}
        {(details?.files.length ?? 0) === 0 ? null : (
          <Badge variant="default" size="sm" tt="none" fw={500}>
            {t("records.types.files")}
          </Badge>
        )}
        {range === null ? null : (
          <Badge variant="default" size="sm" tt="none" fw={500} title={t("records.types.realmDetail")}>
            {t("records.types.realm")}
          </Badge>
        )}
      </Group>
    </li>
  );
}
