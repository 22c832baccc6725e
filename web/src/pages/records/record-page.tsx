// A record with its fields, lists and attached files.
import { Anchor, Group } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useParams } from "react-router";
import { api } from "../../api/client.ts";
import { ApiProblem } from "../../api/problem.ts";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { useObjectType } from "../../parts/fields/use-path-fields.ts";
import { PageHead } from "../../parts/page-head.tsx";
import { RecordView } from "./one/record-view.tsx";
import { nameOf } from "./one/values.ts";

export function Page() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { name = "", key = "" } = useParams();
  const { state } = useLocation();
  const type = useObjectType(org, name);
  const found = useQuery({
    queryKey: ["records", org, name, "one", key],
    queryFn: ({ signal }) => api.org.getObjectsByNameRecordsByKey({ org, name, key }, { signal }),
  });
  const isGone = found.error instanceof ApiProblem && found.error.status === 404;
  // Whoever came from the list goes back to it as it was.
  const search = (state as { readonly search?: string } | null)?.search ?? "";
  return (
    <>
      <Anchor component={Link} to={{ pathname: `/${org}/records/${encodeURIComponent(name)}`, search }} size="sm">
        <Group component="span" display="inline-flex" gap={4} mb={6}>
          <IconArrowLeft size={14} aria-hidden />
          {t("records.one.back", { label: type.data === undefined ? name : nameOf(type.data) })}
        </Group>
      </Anchor>
      {isGone && found.data === undefined ? (
        <PageHead title={t("records.one.notFound")} detail={t("records.one.notFoundHint")} />
      ) : (
        <Answer of={type}>
          {(itsType) => <Answer of={found}>{(record) => <RecordView type={itsType} record={record} />}</Answer>}
        </Answer>
      )}
    </>
  );
}
