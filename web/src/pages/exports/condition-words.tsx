// A filter in words, with its JSON for those who want it.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDescribe } from "../../parts/filter-builder/describe.ts";
import type { Item } from "../../parts/filter-builder/model.ts";
import { readWhere } from "../../parts/filter-builder/read-where.ts";
import classes from "./condition-words.module.css";
import { JsonDetails } from "./json-details.tsx";
import { useObjectFields } from "./use-object-fields.ts";

export function ConditionWords({ object, condition }: { readonly object: string | null; readonly condition: unknown }) {
  const { t } = useTranslation();
  const json = JSON.stringify(condition);
  const group = useMemo(() => readWhere(JSON.parse(json)), [json]);
  // Paths have dots; what a value has one in costs a look-up more.
  const fields = useObjectFields(object, json.includes("."));
  return (
    <>
      <Words item={group} describe={useDescribe(fields)} />
      <JsonDetails label={t("exports.asked.asJson")} json={condition} />
    </>
  );
}

function Words({ item, describe }: { readonly item: Item; readonly describe: (item: Item) => string }) {
  const { t } = useTranslation();
  if (item.kind === "raw") return <code>{JSON.stringify(item.json)}</code>;
  if (item.kind === "condition") return <span>{describe(item)}</span>;
  const [only] = item.items;
  if (item.items.length === 1 && only !== undefined && item.joined !== "none") {
    return <Words item={only} describe={describe} />;
  }
  return (
    <div>
      {t(`exports.conditions.${item.joined}`)}
      <ul className={classes["group"]}>
        {item.items.map((it) => (
          <li key={it.id}>
            <Words item={it} describe={describe} />
          </li>
        ))}
      </ul>
    </div>
  );
}
