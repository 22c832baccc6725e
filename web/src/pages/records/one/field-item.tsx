// A field of a record: what it is called and means, and its value.
import { Anchor, Badge, Group, Text, Tooltip } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Field } from "../../../parts/fields/field.ts";
import classes from "./fields.module.css";
import { FieldValue } from "./value.tsx";
import { isMissing, nameOf, rawText } from "./values.ts";

/** The record that a field refers to; null where it is not there for the reader. */
export interface Target {
  readonly to: string;
  readonly title: string;
}

export function FieldItem({
  field,
  value,
  target,
}: {
  readonly field: Field;
  readonly value: unknown;
  /** Absent where the field refers to none. */
  readonly target?: Target | null;
}) {
  const isWide = typeof value === "object" ? value !== null : typeof value === "string" && value.length > 160;
  return (
    <div className={`${classes["item"]} ${isWide ? classes["wide"] : ""}`}>
      <dt>
        <Text size="sm" fw={500} component="span" c="dimmed">
          {nameOf(field)}
        </Text>
        {field.documentation === null ? null : (
          <Text size="xs" c="dimmed">
            {field.documentation}
          </Text>
        )}
      </dt>
      <dd>
        <Group gap="xs" wrap="wrap" align="center">
          <div style={{ minWidth: 0, maxWidth: "100%" }}>
            {target === undefined || isMissing(value) ? (
              <FieldValue field={field} value={value} />
            ) : (
              <Reference field={field} value={value} target={target} />
            )}
          </div>
          {field.deidentified === null ? null : <Deidentified rule={field.deidentified} />}
        </Group>
      </dd>
    </div>
  );
}

/** A reference whose field is not shown. */
export function ReferenceItem({ name, target: { to, title } }: { readonly name: string; readonly target: Target }) {
  return (
    <div className={classes["item"]}>
      <Text component="dt" size="sm" fw={500} c="dimmed">
        {name}
      </Text>
      <dd>
        <Anchor component={Link} to={to} size="sm" style={{ overflowWrap: "anywhere" }}>
          {title}
        </Anchor>
      </dd>
    </div>
  );
}

function Reference({
  field,
  value,
  target,
}: {
  readonly field: Field;
  readonly value: unknown;
  readonly target: Target | null;
}) {
  const { t } = useTranslation();
  if (target === null) {
    return (
      <>
        <FieldValue field={field} value={value} />
        <Text size="xs" c="dimmed">
          {t("records.one.fields.referenceUnseen")}
        </Text>
      </>
    );
  }
  return (
    <Group gap={8}>
      <Anchor component={Link} to={target.to} size="sm" style={{ overflowWrap: "anywhere" }}>
        {target.title}
      </Anchor>
      {target.title === rawText(value) ? null : (
        <Text span size="sm" c="dimmed">
          {rawText(value)}
        </Text>
      )}
    </Group>
  );
}

const RULES = ["hash", "drop", "truncate", "year", "shift"] as const;

function Deidentified({ rule }: { readonly rule: string }) {
  const { t } = useTranslation();
  const known = RULES.find((it) => it === rule);
  const name = known === undefined ? rule : t(`records.one.fields.rules.${known}`);
  return (
    <Tooltip
      label={t("records.one.fields.deidentifiedHint")}
      multiline
      maw={260}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Badge variant="default" tt="none" fw={500} tabIndex={0} leftSection={<IconEyeOff size={12} aria-hidden />}>
        {t("records.one.fields.deidentified", { rule: name })}
      </Badge>
    </Tooltip>
  );
}
