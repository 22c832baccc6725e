// The fields of an object type, narrowed as one types. The rows follow when there is time, so that typing stays quick.
import { Group, Title, VisuallyHidden } from "@mantine/core";
import { useDeferredValue, useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useShown } from "../../../lib/shown.ts";
import { useUrlText } from "../../../lib/use-url-text.ts";
import { SearchField } from "../../../parts/search-field.tsx";
import { FieldRows } from "./field-rows.tsx";
import { matches } from "./matches.ts";

export function FieldsTable({ type }: { readonly type: ObjectTypeWithFields }) {
  const { t } = useTranslation();
  const shown = useShown();
  const { hash } = useLocation();
  const { typed, text, type: write } = useUrlText("search");
  const search = useDeferredValue(text);
  const { fields } = type;
  const some = useMemo(
    () => fields.filter((it) => matches(search, [it.name, it.label, it.documentation, it.native, it.type])),
    [fields, search],
  );
  const target = decodeURIComponent(hash.slice(1));
  // The field that the address names is brought into sight; it was not there when the page was opened.
  useEffect(() => {
    if (target !== "") document.getElementById(target)?.scrollIntoView({ block: "center" });
  }, [target]);
  return (
    <section aria-labelledby="fields">
      <Group justify="space-between" align="flex-end" mb="xs" gap="sm">
        <Title order={2} id="fields">
          {t("admin.catalog.fieldCount", { count: fields.length, fields: shown.number(fields.length) })}
        </Title>
        <SearchField label={t("admin.catalog.searchFields")} value={typed} onChange={write} />
      </Group>
      <VisuallyHidden role="status">
        {search === "" ? "" : t("admin.catalog.fieldsFound", { count: some.length, fields: shown.number(some.length) })}
      </VisuallyHidden>
      <FieldRows type={type} fields={some} target={target} />
    </section>
  );
}
