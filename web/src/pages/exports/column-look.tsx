// A column: its name and type, how much of it is missing, how many different values, its range or its most frequent values.
import { Badge, Text, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import { useTypeName } from "../../parts/export-state/type-name.ts";
import classes from "./column-look.module.css";
import type { ColumnFacts } from "./preview-facts.ts";

export function ColumnLook({
  of: { name, label, unit, type, deidentified, profile },
  rows,
  profiled,
}: {
  readonly of: ColumnFacts;
  readonly rows: number;
  readonly profiled: number;
}) {
  const { t } = useTranslation();
  const shown = useShown();
  const typeName = useTypeName();
  const missing = profile === null || rows === 0 ? 0 : profile.missing / rows;
  const title = label ?? name;
  // An estimate may be a little more than there are rows.
  const different = Math.min(profile?.distinct?.count ?? 0, profiled);
  return (
    <>
      <Text size="xs" fw={700} style={{ overflowWrap: "anywhere" }}>
        {title}
        {unit === undefined ? null : ` (${unit})`}
      </Text>
      <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {title === name ? typeName(type) : `${name} · ${typeName(type)}`}
      </Text>
      {deidentified === undefined ? null : (
        <Badge variant="default" size="xs" tt="none" my={2}>
          {t("exports.preview.deidentified", { rule: deidentified })}
        </Badge>
      )}
      {profile === null || rows === 0 ? null : (
        <>
          <div className={classes["bar"]} aria-hidden>
            <div className={classes["there"]} style={{ width: `${(1 - missing) * 100}%` }} />
          </div>
          <Text size="xs">
            {missing === 0
              ? t("exports.preview.complete")
              : t("exports.preview.missingShare", { share: shown.percent(missing) })}
            {profile.distinct === null ? null : (
              <>
                <br />
                {t(profile.distinct.isExact ? "exports.preview.distinct" : "exports.preview.distinctAbout", {
                  count: different,
                  shown: shown.number(different),
                })}
              </>
            )}
          </Text>
          {profile.min === null || profile.max === null ? null : (
            <div className={classes["range"]}>
              <VisuallyHidden>{t("exports.preview.range", { min: profile.min, max: profile.max })}</VisuallyHidden>
              <span aria-hidden>{profile.min}</span>
              <span className={classes["line"]} aria-hidden />
              <span aria-hidden>{profile.max}</span>
            </div>
          )}
          {profile.top === null || profile.top.length === 0 || profile.top[0]!.count < 2 ? null : (
            <Top all={profile.top} of={profiled} />
          )}
        </>
      )}
    </>
  );
}

function Top({
  all,
  of,
}: {
  readonly all: readonly { readonly value: string; readonly count: number }[];
  readonly of: number;
}) {
  const { t } = useTranslation();
  const shown = useShown();
  const most = Math.max(...all.map(({ count }) => count));
  return (
    <ul className={classes["top"]} aria-label={t("exports.preview.top")}>
      {all.map(({ value, count }) => (
        <li key={value}>
          <span className={classes["share"]} style={{ width: `${(count / most) * 100}%` }} aria-hidden />
          <span className={classes["value"]}>{value === "" ? t("exports.preview.emptyText") : value}</span>
          <span className={classes["count"]}>{shown.percent(count / of)}</span>
        </li>
      ))}
    </ul>
  );
}
