// The page to write GraphQL in: GraphiQL, with the org's schema, and an example of its own records to begin with.
import { Button, useComputedColorScheme } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { GraphiQL } from "graphiql";
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from "graphql";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import "graphiql/style.css";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { BASE_PATH } from "../../lib/base-path.ts";
import { Answer } from "../../parts/answer.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { exampleOf } from "./example.ts";
import classes from "./graphql-page.module.css";
import { ask } from "./ask.ts";
import { keptFor } from "./kept.ts";
import { mend } from "./mend.ts";

export function Page() {
  const { t, i18n } = useTranslation();
  const { org } = useOrg();
  const found = useQuery({
    queryKey: ["graphql", org, i18n.language],
    queryFn: async ({ signal }) => {
      const { data } = await ask(org, { query: getIntrospectionQuery() }, signal);
      return data as IntrospectionQuery;
    },
    staleTime: Infinity,
    structuralSharing: false,
  });
  return (
    <>
      <PageHead
        title={t("graphql.title")}
        detail={t("graphql.detail")}
        actions={
          <Button
            component="a"
            href={`${BASE_PATH}/${org}/graphql/schema.graphql`}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t("graphql.schema")}
          </Button>
        }
      />
      <Answer of={found}>{(introspection) => <Editor key={org} introspection={introspection} />}</Answer>
    </>
  );
}

/** For as long as the element is there. */
function mending(frame: HTMLElement | null): (() => void) | undefined {
  return frame === null ? undefined : mend(frame);
}

function Editor({ introspection }: { readonly introspection: IntrospectionQuery }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { person } = useSession();
  const theme = useComputedColorScheme("light");
  const schema = useMemo(() => buildClientSchema(introspection), [introspection]);
  const storage = useMemo(() => keptFor(`waybill.graphql.${org}.${person.email}.`), [org, person.email]);
  return (
    <section ref={mending} className={classes["frame"]} aria-label={t("graphql.editor")}>
      <GraphiQL
        fetcher={(params) => ask(org, params)}
        schema={schema}
        storage={storage}
        defaultQuery={exampleOf(schema, t("graphql.example"))}
        forcedTheme={theme}
        isHeadersEditorEnabled={false}
        showPersistHeadersSettings={false}
      >
        {/* The frame has our own name already. */}
        <GraphiQL.Logo> </GraphiQL.Logo>
      </GraphiQL>
    </section>
  );
}
