// The columns of the list of templates.
import { Anchor, Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ListedTemplate } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { useShown } from "../../lib/shown.ts";
import type { Column } from "../../parts/data-table.tsx";
import { useNamespaces, useObjectTypes } from "./facts-hooks.ts";
import type { Kind } from "./kinds.ts";
import { TemplateActions } from "./template-actions.tsx";

export function useTemplateColumns(kind: Kind): readonly Column<ListedTemplate>[] {
  const { t } = useTranslation();
  const { person } = useSession();
  const { nameOf } = useObjectTypes();
  const { pathOf } = useNamespaces();
  const ofDatasets: readonly Column<ListedTemplate>[] = [
    {
      name: "objects",
      label: t("templates.objectType"),
      sortable: true,
      cell: (it) => (it.objects === null ? t("common.none") : nameOf(it.objects)),
    },
    { name: "format", label: t("templates.format"), sortable: true, cell: formatCell },
  ];
  return [
    { name: "name", label: t("templates.name"), sortable: true, cell: nameCell(kind) },
    ...(kind === "dataset" ? ofDatasets : []),
    {
      name: "namespace",
      label: t("templates.place"),
      cell: (it) =>
        it.namespace !== null
          ? pathOf(it.namespace)
          : t(it.person === person._id ? "templates.mine" : "templates.alone"),
    },
    { name: "revision", label: t("templates.revision"), sortable: true, align: "end", cell: (it) => it.revision },
    { name: "updated", label: t("templates.changed"), sortable: true, cell: changedCell },
    { name: "actions", label: t("common.actions"), align: "end", cell: actionsCell(kind) },
  ];
}

const nameCell = (kind: Kind) => (it: ListedTemplate) => <Name kind={kind} template={it} />;
const actionsCell = (kind: Kind) => (it: ListedTemplate) => <TemplateActions kind={kind} template={it} />;
const changedCell = (it: ListedTemplate) => <Changed at={it.updated} />;
const formatCell = (it: ListedTemplate) => (
  <Badge variant="default" tt="none" fw={500}>
    {it.format}
  </Badge>
);

function Name({
  kind,
  template: { _id, name, description },
}: {
  readonly kind: Kind;
  readonly template: ListedTemplate;
}) {
  const { org } = useOrg();
  return (
    <>
      <Anchor component={Link} to={`/${org}/templates/${kind}/${_id}`} size="sm" fw={500}>
        {name}
      </Anchor>
      {description === null || description === "" ? null : (
        <Text size="xs" c="dimmed" lineClamp={2} maw={420} title={description}>
          {description}
        </Text>
      )}
    </>
  );
}

function Changed({ at }: { readonly at: string }) {
  const shown = useShown();
  return (
    <Text component="time" size="sm" dateTime={at} title={shown.dateTime(at)}>
      {shown.relative(at)}
    </Text>
  );
}
