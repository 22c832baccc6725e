// A batch: its records as they are now, and the exports that were made of it.
import { Anchor, Group } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { api } from "../../api/client.ts";
import { ApiProblem } from "../../api/problem.ts";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { BatchView } from "./batch-view.tsx";

export function Page() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { id = "" } = useParams();
  const found = useQuery({
    queryKey: ["batches", org, id],
    queryFn: ({ signal }) => api.org.getBatchesById({ org, id }, { signal }),
    staleTime: 60_000,
  });
  const isGone = found.error instanceof ApiProblem && (found.error.status === 404 || found.error.status === 400);
  return (
    <>
      <Anchor component={Link} to={`/${org}/batches`} size="sm">
        <Group component="span" display="inline-flex" gap={4} mb={6}>
          <IconArrowLeft size={14} aria-hidden />
          {t("batches.back")}
        </Group>
      </Anchor>
      {isGone && found.data === undefined ? (
        <PageHead title={t("batches.notFound")} detail={t("batches.notFoundHint")} />
      ) : (
        <Answer of={found}>{(batch) => <BatchView key={batch._id} batch={batch} />}</Answer>
      )}
    </>
  );
}
