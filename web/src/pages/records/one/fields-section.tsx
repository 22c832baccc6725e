// The fields of a record; of many, some can be looked for.
import { Group, Switch, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields, RecordWithLists } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import type { Field } from "../../../parts/fields/field.ts";
import { FieldItem, type Target } from "./field-item.tsx";
import classes from "./fields.module.css";
import { Section } from "./section.tsx";
import { isMissing, nameOf, recordAddress, shownFields, valueOf, type Values } from "./values.ts";

/** With more fields than that, one is looked for. */
const MANY = 14;

export function FieldsSection({
  type,
  record,
}: {
  readonly type: ObjectTypeWithFields;
  readonly record: RecordWithLists;
}) {
  const { t } = useTranslation();
  const shown = useShown();
  const [asked, setAsked] = useState("");
  const [onlyFilled, setOnlyFilled] = useState(false);
  const sought = useDeferredValue(asked).trim().toLocaleLowerCase();
  const values = record.record as Values;
  const targets = useTargets(type, record);
  const fields = shownFields(type);
  const found = fields.filter(
    (it) =>
      (!onlyFilled || !isMissing(valueOf(values, it.name))) &&
      (sought === "" || `${nameOf(it)}\n${it.name}`.toLocaleLowerCase().includes(sought)),
  );
  return (
    <Section
      id="fields"
      title={t("records.one.fields.title")}
      detail={shown.number(fields.length)}
      aside={
        fields.length <= MANY ? null : (
          <Group gap="md">
            <Switch
              size="xs"
              label={t("records.one.fields.onlyFilled")}
              checked={onlyFilled}
              onChange={(event) => setOnlyFilled(event.currentTarget.checked)}
            />
            <TextInput
              size="xs"
              w={200}
              type="search"
              aria-label={t("records.one.fields.find")}
              placeholder={t("records.one.fields.find")}
              leftSection={<IconSearch size={14} aria-hidden />}
              value={asked}
              onChange={(event) => setAsked(event.currentTarget.value)}
            />
          </Group>
        )
      }
    >
      {found.length === fields.length || fields.length <= MANY ? null : (
        <Text size="sm" c="dimmed" role="status" mb={4}>
          {found.length === 0
            ? t("records.one.fields.none")
            : t("records.one.fields.shown", { shown: shown.number(found.length), all: shown.number(fields.length) })}
        </Text>
      )}
      <dl className={classes["grid"]}>
        {found.map((field) => (
          <FieldItem key={field.name} field={field} value={valueOf(values, field.name)} {...targets(field)} />
        ))}
      </dl>
    </Section>
  );
}

/** The record that a field refers to, where it does by itself. */
function useTargets(
  type: ObjectTypeWithFields,
  { references }: RecordWithLists,
): (field: Field) => { readonly target?: Target | null } {
  const { org } = useOrg();
  const byField = new Map<string, Target | null>();
  for (const { name, object, fields } of type.references) {
    const found = references[name];
    const field = fields.at(-1);
    if (field === undefined || found === undefined) continue;
    byField.set(
      field,
      found === null ? null : { to: recordAddress(org, object, found.key), title: found.title ?? found.key },
    );
  }
  return ({ name }) => (byField.has(name) ? { target: byField.get(name)! } : {});
}
