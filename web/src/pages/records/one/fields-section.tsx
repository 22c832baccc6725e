// The fields of a record; of many, some can be looked for.
import { Group, Switch, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields, RecordWithLists } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import type { Field } from "../../../parts/fields/field.ts";
import { FieldItem, ReferenceItem, type Target } from "./field-item.tsx";
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
          <FieldItem key={field.name} field={field} value={valueOf(values, field.name)} {...targets.of(field)} />
        ))}
        {sought === "" ? targets.others.map((it) => <ReferenceItem key={it.name} {...it} />) : null}
      </dl>
    </Section>
  );
}

/** Where references lead: at the field that says so, or on their own where the record shows none. */
interface Targets {
  readonly of: (field: Field) => { readonly target?: Target | null };
  readonly others: readonly { readonly name: string; readonly target: Target }[];
}

function useTargets(type: ObjectTypeWithFields, { references }: RecordWithLists): Targets {
  const { org } = useOrg();
  const byField = new Map<string, Target | null>();
  const others: { name: string; target: Target }[] = [];
  for (const { name, object, fields } of type.references) {
    const found = references[name];
    if (found === undefined) continue;
    const target =
      found === null ? null : { to: recordAddress(org, object, found.key), title: found.title ?? found.key };
    // Of a key of several fields, the last one tells the most.
    const field = fields.at(-1);
    if (field !== undefined && !byField.has(field)) byField.set(field, target);
    else if (target !== null) others.push({ name, target });
  }
  return { of: ({ name }) => (byField.has(name) ? { target: byField.get(name)! } : {}), others };
}
