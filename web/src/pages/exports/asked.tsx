// What was asked for: by whom, which records, which columns, in what form.
import { Anchor, Code, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { formatName } from "../../parts/export-state/format-name.ts";
import { ConditionWords } from "./condition-words.tsx";
import { FieldList } from "./field-list.tsx";
import { Facts } from "./facts.tsx";
import { Section } from "./section.tsx";
import { TemplateLink } from "./template-link.tsx";
import type { ExportDetails } from "./use-live-export.ts";
import { useObjectTypes } from "../../parts/fields/use-object-types.ts";
import { useNamespaceTree } from "../../parts/namespaces/use-namespace-tree.ts";
import { useBatchName } from "./use-batch-name.ts";

/** A text of what was asked; null where there is none. */
function textIn(request: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = request[name];
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
}

function textsIn(request: Readonly<Record<string, unknown>>, name: string): readonly string[] | null {
  const value = request[name];
  return Array.isArray(value) ? value.map(String) : null;
}

/** Switches that are named when they are on. */
const SWITCHES = ["exportFiles", "zipFiles", "bag"] as const;

export function Asked({ of }: { readonly of: ExportDetails }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const objects = useObjectTypes();
  const { data: namespaces } = useNamespaceTree();
  const batchName = useBatchName(of.batch);
  const request = of.request as Readonly<Record<string, unknown>>;
  const isTold = Object.keys(request).length > 0;
  const nameOf = (id: string | null): string | null =>
    id === null ? null : (of.people.find((it) => it.id === id)?.name ?? t("exports.people.gone"));
  const options = Object.entries((request["options"] ?? {}) as Record<string, unknown>);
  const keys = textsIn(request, "keys");
  const files = textsIn(request, "fileFormats");
  const layout = textIn(request, "layout");
  const object = of.objects;
  const fieldList = (name: string) => {
    const paths = textsIn(request, name);
    return paths === null || paths.length === 0 ? null : <FieldList object={object} paths={paths} />;
  };
  return (
    <Section title={t("exports.asked.title")}>
      <Facts
        facts={[
          { name: t("exports.asked.by"), value: of.owner === null ? t("exports.people.gone") : nameOf(of.owner.id) },
          { name: t("exports.asked.principal"), value: nameOf(of.principal) },
          { name: t("exports.asked.purpose"), value: of.purpose },
          { name: t("exports.asked.description"), value: of.description },
          {
            name: t("exports.asked.objects"),
            value:
              object === null ? null : (
                <Anchor component={Link} to={`/${org}/records/${encodeURIComponent(object)}`} size="sm">
                  {objects.get(object)?.label ?? object}
                </Anchor>
              ),
          },
          {
            name: t("exports.asked.batch"),
            value:
              of.batch === null ? null : (
                <Anchor component={Link} to={`/${org}/batches/${of.batch}`} size="sm">
                  {batchName ?? of.batch}
                </Anchor>
              ),
          },
          {
            name: t("exports.asked.template"),
            value: of.template === null ? null : <TemplateLink of={of} id={of.template} />,
          },
          {
            name: t("exports.asked.namespace"),
            value: of.namespace === null ? null : (namespaces?.pathOf(of.namespace) ?? of.namespace),
          },
          {
            name: t("exports.asked.range"),
            value:
              of.range === null
                ? null
                : t("exports.asked.days", { from: shown.day(of.range.from), to: shown.day(of.range.to) }),
          },
          { name: t("exports.asked.prefix"), value: textIn(request, "prefix") },
          { name: t("exports.asked.search"), value: textIn(request, "search") },
          {
            name: t("exports.asked.where"),
            value:
              request["where"] === undefined ? null : <ConditionWords object={object} condition={request["where"]} />,
          },
          {
            name: t("exports.asked.keys"),
            value:
              keys === null
                ? null
                : t("exports.asked.keyCount", {
                    count: keys.length,
                    shown: shown.number(keys.length),
                    first: keys.slice(0, 20).join(", ") + (keys.length > 20 ? ", …" : ""),
                  }),
          },
          { name: t("exports.asked.order"), value: fieldList("order") },
          { name: t("exports.asked.limit"), value: textIn(request, "limit") },
          { name: t("exports.asked.paths"), value: fieldList("paths") },
          { name: t("exports.asked.include"), value: fieldList("include") },
          { name: t("exports.asked.expand"), value: fieldList("expand") },
          {
            name: t("exports.asked.aggregate"),
            value:
              request["aggregate"] === undefined ? null : (
                <Code block>{JSON.stringify(request["aggregate"], null, 2)}</Code>
              ),
          },
          { name: t("exports.asked.format"), value: formatName(of.format) },
          {
            name: t("exports.asked.options"),
            value:
              options.length === 0
                ? null
                : options.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(", "),
          },
          {
            name: t("exports.asked.layout"),
            value:
              layout === null && SWITCHES.every((name) => request[name] !== true)
                ? null
                : [
                    layout === "tables" || layout === "folders" || layout === "files"
                      ? t(`exports.asked.layouts.${layout}`)
                      : layout,
                    ...SWITCHES.filter((name) => request[name] === true).map((name) => t(`exports.asked.${name}`)),
                  ]
                    .filter((it) => it !== null)
                    .join(" · "),
          },
          { name: t("exports.asked.fileFormats"), value: files === null ? null : files.join(", ") },
          { name: t("exports.asked.container"), value: textIn(request, "container") },
          { name: t("exports.asked.names"), value: textIn(request, "nameTemplate") },
          { name: t("exports.asked.recipient"), value: textIn(request, "recipient") },
          { name: t("exports.asked.timeZone"), value: of.timeZone },
          { name: t("exports.asked.notify"), value: of.notify ? t("common.yes") : t("common.no") },
          {
            name: t("exports.asked.resubmitOf"),
            value:
              of.resubmitOf === null ? null : (
                <Anchor component={Link} to={`/${org}/exports/${of.resubmitOf}`} size="xs" ff="monospace">
                  {of.resubmitOf}
                </Anchor>
              ),
          },
        ]}
      />
      {isTold ? null : (
        <Text size="sm" c="dimmed" mt="sm">
          {t("exports.asked.notTold")}
        </Text>
      )}
    </Section>
  );
}
