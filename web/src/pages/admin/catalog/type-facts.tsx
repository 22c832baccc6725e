// What an object type is, and the types that it is linked to.
import { Anchor, Code } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useIsoDuration } from "../../../lib/iso-duration.ts";
import { useShown } from "../../../lib/shown.ts";
import { Facts } from "../facts.tsx";
import { useObjectLabel } from "../../../parts/fields/use-object-types.ts";
import { addressOf } from "./address.ts";

export function TypeFacts({ type }: { readonly type: ObjectTypeWithFields }) {
  const { t } = useTranslation();
  const shown = useShown();
  const duration = useIsoDuration();
  const field = (name: string | null): ReactNode =>
    name === null ? null : <FieldLink type={type.name} field={name} />;
  const { key, range, estimatedRows } = type;
  return (
    <Facts
      facts={[
        { label: t("admin.catalog.facts.name"), value: <Code>{type.name}</Code> },
        { label: t("admin.catalog.facts.source"), value: type.source },
        {
          label: t("admin.catalog.facts.rows"),
          value: estimatedRows === null ? null : t("common.counts.about", { shown: shown.number(estimatedRows) }),
        },
        {
          label: t("admin.catalog.facts.key"),
          value: key.length === 0 ? t("admin.catalog.noKey") : <Several of={key.map((it) => [it, field(it)])} />,
        },
        { label: t("admin.catalog.facts.title"), value: field(type.title) },
        { label: t("admin.catalog.facts.state"), value: field(type.state) },
        { label: t("admin.catalog.facts.updated"), value: field(type.updated) },
        {
          label: t("admin.catalog.facts.range"),
          value:
            range === null ? null : (
              <>
                {field(range.field)} {t("admin.catalog.rangeMax", { max: duration(range.max) })}
              </>
            ),
        },
        {
          label: t("admin.catalog.facts.namespaced"),
          value: type.namespaced ? t("admin.catalog.namespaced") : t("admin.catalog.notNamespaced"),
        },
        ...(["references", "lists", "files"] as const).map((kind) => ({
          label: t(`admin.catalog.facts.${kind}`),
          value: type[kind].length === 0 ? null : <Links links={type[kind]} />,
        })),
      ]}
    />
  );
}

function Links({ links }: { readonly links: readonly { readonly name: string; readonly object: string }[] }) {
  const { org } = useOrg();
  const labelOf = useObjectLabel();
  return (
    <Several
      of={links.map(({ name, object }) => [
        name,
        <>
          <Code>{name}</Code> →{" "}
          <Anchor component={Link} to={addressOf(org, object)} size="sm">
            {labelOf(object)}
          </Anchor>
        </>,
      ])}
    />
  );
}

function FieldLink({ type, field }: { readonly type: string; readonly field: string }) {
  const { org } = useOrg();
  return (
    <Anchor component={Link} to={addressOf(org, type, field)} size="sm" ff="monospace">
      {field}
    </Anchor>
  );
}

/** With commas between them, each by a key. */
function Several({ of }: { readonly of: readonly (readonly [string, ReactNode])[] }) {
  return of.map(([key, its], n) => (
    <Fragment key={key}>
      {n === 0 ? null : ", "}
      {its}
    </Fragment>
  ));
}
