// The object types, with how many records each has.
import { SimpleGrid, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api } from "../../api/client.ts";
import type { ObjectType } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { TypeCard } from "./list/type-card.tsx";

/** With more, one is found by typing. */
const MANY = 8;
/** Beyond this many, cards say only what the list of them said. */
const COUNTED = 40;

export function Page() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const [params, setParams] = useSearchParams();
  const search = params.get("q") ?? "";
  const found = useQuery({
    queryKey: ["objects", org],
    queryFn: ({ signal }) => allTypes(org, signal),
    staleTime: 60_000,
  });
  return (
    <>
      <PageHead title={t("common.pages.records")} detail={t("records.types.detail")} />
      <Answer of={found}>
        {(all) => {
          const types = all.filter((it) => matches(it, search));
          return (
            <>
              {all.length <= MANY ? null : (
                <TextInput
                  type="search"
                  maw={360}
                  mb="md"
                  aria-label={t("records.types.search")}
                  placeholder={t("records.types.search")}
                  leftSection={<IconSearch size={16} aria-hidden />}
                  value={search}
                  onChange={(event) =>
                    setParams(event.currentTarget.value === "" ? {} : { q: event.currentTarget.value }, {
                      replace: true,
                    })
                  }
                />
              )}
              {all.length === 0 ? (
                <EmptyState title={t("records.types.none")}>{t("records.types.noneDetail")}</EmptyState>
              ) : types.length === 0 ? (
                <EmptyState title={t("records.types.noMatch")} />
              ) : (
                <SimpleGrid component="ul" cols={{ base: 1, sm: 2, lg: 3 }} spacing="sm" m={0} p={0}>
                  {types.map((it) => (
                    <TypeCard key={it.name} org={org} type={it} isCounted={types.length <= COUNTED} />
                  ))}
                </SimpleGrid>
              )}
            </>
          );
        }}
      </Answer>
    </>
  );
}

function matches({ name, label, documentation }: ObjectType, search: string): boolean {
  const text = `${name} ${label ?? ""} ${documentation ?? ""}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

async function allTypes(org: string, signal: AbortSignal): Promise<readonly ObjectType[]> {
  const all: ObjectType[] = [];
  let after: string | undefined;
  do {
    const { data, next } = await api.org.getObjects(
      { org, limit: 500, ...(after === undefined ? {} : { after }) },
      { signal },
    );
    all.push(...data);
    after = next ?? undefined;
  } while (after !== undefined);
  return all;
}
