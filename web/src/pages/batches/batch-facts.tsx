// What is known of a batch: of what it is, from what it was made, whose it is.
import { Anchor, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Batch, ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { Origin } from "./origin.tsx";
import classes from "./batch-facts.module.css";
import { useBatchWords } from "./use-batch-words.ts";

export function BatchFacts({
  batch,
  type,
}: {
  readonly batch: Batch;
  /** Absent while it is on its way, or where it is no more there. */
  readonly type: ObjectTypeWithFields | undefined;
}) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const shown = useShown();
  const words = useBatchWords();
  return (
    <dl className={classes["facts"]} aria-label={t("batches.facts.title")}>
      <Fact name={t("batches.facts.objects")}>
        {may("records.see") ? (
          <Anchor component={Link} to={`/${org}/records/${encodeURIComponent(batch.objects)}`} size="sm">
            {words.type(batch)}
          </Anchor>
        ) : (
          words.type(batch)
        )}
      </Fact>
      <Fact name={t("batches.facts.count")}>{shown.number(batch.count)}</Fact>
      <Fact name={t("batches.facts.namespace")}>{words.namespace(batch) ?? t("batches.facts.noNamespace")}</Fact>
      <Fact name={t("batches.facts.owner")}>{words.owner(batch)}</Fact>
      <Fact name={t("batches.facts.created")}>
        <time dateTime={batch.created}>{shown.dateTime(batch.created)}</time>
      </Fact>
      <Fact name={t("batches.facts.origin")} wide>
        <Origin source={batch.source} type={type} />
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  wide = false,
  children,
}: {
  readonly name: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={wide ? classes["wide"] : undefined}>
      <Text component="dt" size="xs" c="dimmed">
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </div>
  );
}
