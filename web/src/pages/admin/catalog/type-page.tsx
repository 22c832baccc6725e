// An object type: what it is, what it is linked to, and its fields.
import { Anchor, Button, Paper } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { useOrg } from "../../../frame/org.ts";
import { Answer } from "../../../parts/answer.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { typeQuery } from "../../../parts/fields/use-path-fields.ts";
import { FieldsTable } from "./fields-table.tsx";
import { TypeFacts } from "./type-facts.tsx";

export function TypePage() {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const { name = "" } = useParams();
  const found = useQuery(typeQuery(org, name));
  return (
    <>
      <Anchor component={Link} to={`/${org}/administration/catalog`} size="sm" display="inline-block" mb="xs">
        <IconArrowLeft size={14} aria-hidden /> {t("admin.catalog.title")}
      </Anchor>
      <Answer of={found}>
        {(type) => (
          <>
            <PageHead
              title={type.label ?? type.name}
              detail={type.documentation ?? undefined}
              actions={
                may("records.see") ? (
                  <Button
                    component={Link}
                    to={`/${org}/records/${encodeURIComponent(type.name)}`}
                    variant="default"
                    size="xs"
                  >
                    {t("admin.catalog.records")}
                  </Button>
                ) : undefined
              }
            />
            <Paper withBorder px="md" py="xs" mb="lg">
              <TypeFacts type={type} />
            </Paper>
            <FieldsTable key={type.name} type={type} />
          </>
        )}
      </Answer>
    </>
  );
}
