// Above the table: search, namespace, filter, columns and saved views.
import { Button, Group } from "@mantine/core";
import { IconColumns, IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { NamespaceSelect } from "../../../parts/namespaces/namespace-select.tsx";
import { useNamespaces } from "../../../parts/namespaces/use-namespaces.ts";
import { SearchBox } from "./search-box.tsx";
import { ViewsMenu } from "./views-menu.tsx";
import type { ChangeView, RecordsView } from "./view.ts";

export function RecordsToolbar({
  type,
  view,
  onChange,
  onFilter,
  onColumns,
}: {
  readonly type: ObjectTypeWithFields;
  readonly view: RecordsView;
  readonly onChange: ChangeView;
  readonly onFilter: () => void;
  readonly onColumns: () => void;
}) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const { data: namespaces } = useNamespaces(org, type.namespaced && may("namespaces.see"));
  return (
    <Group gap="xs">
      <SearchBox value={view.search} onChange={(search) => onChange({ search })} />
      {type.namespaced && namespaces !== undefined && (namespaces.length > 1 || view.namespace !== null) ? (
        <NamespaceSelect
          flex="0 1 220px"
          aria-label={t("records.namespace.label")}
          placeholder={t("records.namespace.all")}
          clearable
          comboboxProps={{ width: 320, position: "bottom-start" }}
          clearButtonProps={{ "aria-label": t("records.namespace.clear") }}
          namespaces={namespaces}
          value={view.namespace}
          onChange={(namespace) => onChange({ namespace })}
        />
      ) : null}
      <Button
        variant={view.where === undefined ? "default" : "outline"}
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={onFilter}
      >
        {t("records.filter.action")}
      </Button>
      <Button variant="default" leftSection={<IconColumns size={16} aria-hidden />} onClick={onColumns}>
        {t("records.columns.action")}
      </Button>
      {may("views.use") ? <ViewsMenu org={org} object={type.name} view={view} onChange={onChange} /> : null}
    </Group>
  );
}
