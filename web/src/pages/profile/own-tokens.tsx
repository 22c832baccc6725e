// The reader's own tokens in the organisation.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { usePages } from "../../lib/use-pages.ts";
import { Answer } from "../../parts/answer.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Section } from "../../parts/section.tsx";
import { NewTokenDialog } from "../../parts/tokens/new-token-dialog.tsx";
import { TokenTable } from "../../parts/tokens/token-table.tsx";

export function OwnTokens() {
  const { t } = useTranslation();
  const { org, name } = useOrg();
  const [opened, { open, close }] = useDisclosure();
  const { found, ...pages } = usePages(["tokens", org, "me"], (after, signal) =>
    api.org.getTokens({ org, ...(after === undefined ? {} : { after }) }, { signal }),
  );
  const create = (
    <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
      {t("profile.tokens.create")}
    </Button>
  );
  return (
    <Section
      title={t("profile.tokens.title", { org: name })}
      detail={t("profile.tokens.detail")}
      actions={found.data?.data.length === 0 ? null : create}
    >
      <Answer of={found}>
        {({ data }) => (
          <TokenTable
            tokens={data}
            empty={
              <EmptyState title={t("profile.tokens.empty")} order={3} action={create}>
                {t("profile.tokens.emptyDetail")}
              </EmptyState>
            }
          />
        )}
      </Answer>
      <Pager {...pages} />
      <NewTokenDialog opened={opened} onClose={close} />
    </Section>
  );
}
