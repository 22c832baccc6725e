// Templates: those that exports are made by, and those of their datasets.
import { Button, Tabs } from "@mantine/core";
import { IconPlus, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useOrg } from "../../frame/org.ts";
import { PageHead } from "../../parts/page-head.tsx";
import { ImportDialog } from "./import-dialog.tsx";
import { type Kind, KINDS } from "./kinds.ts";
import { TemplateList } from "./template-list.tsx";

export function Page() {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const [search, setSearch] = useSearchParams();
  const [isImporting, setImporting] = useState(false);
  const kind: Kind = search.get("tab") === "dataset" ? "dataset" : "export";
  const mayCreate = may("templates.create");
  return (
    <>
      <PageHead
        title={t("common.pages.templates")}
        detail={t("templates.what")}
        actions={
          mayCreate ? (
            <>
              <Button
                variant="default"
                leftSection={<IconUpload size={16} aria-hidden />}
                onClick={() => setImporting(true)}
              >
                {t("templates.import.action")}
              </Button>
              <Button
                component={Link}
                to={`/${org}/templates/${kind}/new`}
                leftSection={<IconPlus size={16} aria-hidden />}
              >
                {t(`templates.${kind}.new`)}
              </Button>
            </>
          ) : undefined
        }
      />
      <Tabs
        value={kind}
        keepMounted={false}
        onChange={(tab) => setSearch(tab === "dataset" ? { tab } : {}, { replace: true })}
      >
        <Tabs.List mb="md">
          {KINDS.map((it) => (
            <Tabs.Tab key={it} value={it}>
              {t(`templates.${it}.many`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {KINDS.map((it) => (
          <Tabs.Panel key={it} value={it}>
            <TemplateList kind={it} onImport={mayCreate ? () => setImporting(true) : null} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <ImportDialog opened={isImporting} onClose={() => setImporting(false)} />
    </>
  );
}
