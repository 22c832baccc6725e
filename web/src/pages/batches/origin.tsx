// What a batch was made from: a filter in words, and as it is; or keys.
import { Code, List, Spoiler, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Batch, ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { usePathFields } from "../../parts/fields/use-path-fields.ts";
import { useDescribe } from "../../parts/filter-builder/describe.ts";
import { readWhere } from "../../parts/filter-builder/read-where.ts";

type Source = Batch["source"];

export function Origin({ source, type }: { readonly source: Source; readonly type: ObjectTypeWithFields | undefined }) {
  const { t } = useTranslation();
  const shown = useShown();
  if (source["from"] === "keys") {
    const [given, left] = [Number(source["given"]), Number(source["notFound"])];
    return (
      <>
        {t("batches.origin.keys", { count: given, shown: shown.number(given) })}
        {left > 0 ? `; ${t("batches.origin.notFound", { count: left, shown: shown.number(left) })}` : null}
      </>
    );
  }
  const where: unknown = source["where"];
  const search: unknown = source["search"];
  const isEmpty = where === undefined || where === null || JSON.stringify(where) === "{}";
  return (
    <>
      {isEmpty ? null : type === undefined ? t("batches.origin.filter") : <FilterInWords where={where} type={type} />}
      {isEmpty && search === undefined ? t("batches.origin.everything") : null}
      {search === undefined ? null : (
        <Text size="sm">
          {typeof search === "string" ? t("batches.origin.search", { text: search }) : t("batches.origin.searchHidden")}
        </Text>
      )}
      {isEmpty ? null : (
        <details>
          <Text component="summary" size="xs" c="dimmed" style={{ cursor: "pointer" }}>
            {t("batches.origin.json")}
          </Text>
          <Spoiler maxHeight={200} showLabel={t("common.showMore")} hideLabel={t("common.close")}>
            <Code block>{JSON.stringify(where, null, 2)}</Code>
          </Spoiler>
        </details>
      )}
    </>
  );
}

/** Conditions that must all hold, one a line. */
function FilterInWords({ where, type }: { readonly where: unknown; readonly type: ObjectTypeWithFields }) {
  const { org } = useOrg();
  const { fields } = usePathFields(org, type, true);
  const describe = useDescribe(fields);
  const group = readWhere(where);
  const items = group.joined === "all" ? group.items : [group];
  return (
    <List size="sm" spacing={2} withPadding={items.length > 1} listStyleType={items.length > 1 ? "disc" : "none"}>
      {items.map((item) => (
        <List.Item key={item.id}>{describe(item)}</List.Item>
      ))}
    </List>
  );
}
