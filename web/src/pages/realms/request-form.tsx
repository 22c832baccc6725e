// The form of a request: realm, days, format; all of them needed.
import { Button, Checkbox, Group, MultiSelect, Select, Stack, Text, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconSend } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { besides, problemAt } from "../../lib/field-problem.ts";
import { useShown } from "../../lib/shown.ts";
import { Problem } from "../../parts/problem.tsx";
import { DayInput } from "./day-input.tsx";
import { lastDayOf, partsOf, todayIn, usualRanges } from "./range.ts";

/** The formats that are offered, with their options; those of a warehouse first. */
const FORMATS = {
  csv: { format: "csv" },
  excel: { format: "csv", options: { preset: "excel" } },
  "json-rows": { format: "json-rows" },
  xlsx: { format: "xlsx" },
  ods: { format: "ods" },
  json: { format: "json" },
  ndjson: { format: "ndjson" },
  parquet: { format: "parquet" },
} as const;
type FormatName = keyof typeof FORMATS;
const NAMES = Object.keys(FORMATS) as FormatName[];

const SHOWN = ["/realm", "/from", "/to", "/format", "/include", "/purpose"] as const;

export function RequestForm({
  realms,
  realm,
  onRealm,
}: {
  readonly realms: readonly ObjectTypeWithFields[];
  readonly realm: ObjectTypeWithFields | null;
  readonly onRealm: (name: string | null) => void;
}) {
  const { t } = useTranslation();
  const shown = useShown();
  const { org, timeZone, purpose: wantsPurpose } = useOrg();
  const client = useQueryClient();
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [format, setFormat] = useState<FormatName | null>(null);
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const optional = (realm?.fields ?? []).filter((it) => it.optional && it.readable);
  const include = wanted.filter((name) => optional.some((it) => it.name === name));
  const [notify, setNotify] = useState(true);
  const [purpose, setPurpose] = useState("");
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () =>
      api.org.postExports(
        { org },
        {
          realm: realm!.name,
          from: from!,
          to: to!,
          ...FORMATS[format!],
          ...(include.length === 0 ? {} : { include }),
          notify,
          ...(purpose.trim() === "" ? {} : { purpose: purpose.trim() }),
        },
      ),
    onSuccess({ dueAt }) {
      setTried(false);
      notifications.show({
        message: dueAt === null ? t("realms.form.done") : t("realms.form.doneDue", { when: shown.dateTime(dueAt) }),
      });
      return client.invalidateQueries({ queryKey: ["exports", org] });
    },
  });
  const change =
    <Value,>(set: (value: Value) => void) =>
    (value: Value): void => {
      set(value);
      if (error !== null) reset();
    };
  const max = realm?.range?.max ?? "";
  const longest = partsOf(max)
    .map(([unit, count]) => t(`realms.form.${unit}`, { count }))
    .join(" ");
  const last = from === null ? null : lastDayOf(from, max);
  const tooLong = from !== null && to !== null && last !== null && to > last;
  const backwards = from !== null && to !== null && to < from;
  const missing = (isMissing: boolean): string | undefined =>
    tried && isMissing ? t("realms.form.required") : undefined;
  const fromError = missing(from === null) ?? problemAt(error, "/from");
  const toError =
    missing(to === null) ??
    (backwards ? t("realms.form.backwards") : undefined) ??
    (tooLong ? t("realms.form.tooLong", { longest, from: shown.day(from), last: shown.day(last) }) : undefined) ??
    problemAt(error, "/to");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    const isComplete = realm !== null && from !== null && to !== null && format !== null;
    const lacksPurpose = wantsPurpose === "required" && purpose.trim() === "";
    if (isComplete && !tooLong && !backwards && !lacksPurpose) mutate();
  };
  const rest = error === null ? null : besides(error, SHOWN);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Select
          label={t("realms.form.realm")}
          placeholder={t("realms.form.choose")}
          required
          data={realms.map(({ name, label }) => ({ value: name, label: label ?? name }))}
          value={realm?.name ?? null}
          onChange={change(onRealm)}
          searchable={realms.length > 8}
          allowDeselect={false}
          error={missing(realm === null) ?? problemAt(error, "/realm")}
        />
        {realm?.documentation ? (
          <Text size="sm" c="dimmed">
            {realm.documentation}
          </Text>
        ) : null}
        <Group grow align="flex-start" gap="sm" wrap="wrap" preventGrowOverflow={false}>
          <DayInput label={t("realms.form.from")} value={from} onChange={change(setFrom)} error={fromError} />
          <DayInput
            label={t("realms.form.to")}
            value={to}
            onChange={change(setTo)}
            error={toError}
            {...(from === null ? {} : { defaultDate: from })}
            excludeDate={(day) => from !== null && (day < from || (last !== null && day > last))}
          />
        </Group>
        {longest === "" ? null : (
          <Text size="xs" c="dimmed">
            {t("realms.form.atMost", { longest })}
          </Text>
        )}
        {tooLong ? (
          <Button size="xs" variant="default" onClick={() => setTo(last)}>
            {t("realms.form.shorten", { last: shown.day(last) })}
          </Button>
        ) : null}
        {realm === null ? null : (
          <Group gap={4} role="group" aria-label={t("realms.form.usual")}>
            {usualRanges(todayIn(timeZone), max).map(({ name, from: first, to: until }) => (
              <Button
                key={name}
                size="compact-xs"
                variant="default"
                onClick={() => {
                  change(setFrom)(first);
                  setTo(until);
                }}
              >
                {t(`realms.form.${name}`, { year: until.slice(0, 4) })}
              </Button>
            ))}
          </Group>
        )}
        <Select
          label={t("realms.form.format")}
          placeholder={t("realms.form.choose")}
          required
          data={NAMES.map((value) => ({ value, label: t(`realms.formats.${value}`) }))}
          value={format}
          onChange={change((value: string | null) => setFormat(NAMES.find((it) => it === value) ?? null))}
          allowDeselect={false}
          error={missing(format === null) ?? problemAt(error, "/format")}
        />
        {optional.length === 0 ? null : (
          <MultiSelect
            label={t("realms.form.include")}
            description={t("realms.form.includeHint")}
            data={optional.map(({ name, label }) => ({ value: name, label: label ?? name }))}
            value={include}
            onChange={change(setWanted)}
            searchable
            clearable
            clearButtonProps={{ "aria-label": t("common.clear") }}
            nothingFoundMessage={t("realms.fields.noMatch")}
            error={problemAt(error, "/include")}
          />
        )}
        {wantsPurpose === "required" ? (
          <Textarea
            label={t("realms.form.purpose")}
            description={t("realms.form.purposeHint")}
            required
            autosize
            minRows={2}
            value={purpose}
            onChange={(event) => change(setPurpose)(event.currentTarget.value)}
            error={missing(purpose.trim() === "") ?? problemAt(error, "/purpose")}
          />
        ) : null}
        <Checkbox
          label={t("realms.form.notify")}
          checked={notify}
          onChange={(event) => setNotify(event.currentTarget.checked)}
        />
        {rest === null ? null : <Problem error={rest} />}
        <Button type="submit" loading={isPending} leftSection={<IconSend size={16} aria-hidden />}>
          {t("realms.form.submit")}
        </Button>
      </Stack>
    </form>
  );
}
