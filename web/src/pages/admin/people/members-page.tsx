// Who belongs to the organisation, with their roles; and who was invited.
import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { useSession } from "../../../frame/session.ts";
import { useShown } from "../../../lib/shown.ts";
import { usePages } from "../../../lib/use-pages.ts";
import { useUrlText } from "../../../lib/use-url-text.ts";
import { Answer } from "../../../parts/answer.tsx";
import { DataTable } from "../../../parts/data-table.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { Pager } from "../../../parts/pager.tsx";
import { SearchField } from "../../../parts/search-field.tsx";
import { Invitations } from "./invitations.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { memberColumns } from "./member-columns.tsx";
import { MemberDialog } from "./member-dialog.tsx";
import { useNamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

export function Page() {
  const { t } = useTranslation();
  const shown = useShown();
  const { org, name, isAdmin } = useOrg();
  const { person } = useSession();
  const [search, setSearch] = useSearchParams();
  const { typed, text, type } = useUrlText("q");
  const sort = search.get("sort");
  const [inviting, { open, close }] = useDisclosure();
  const [managed, setManaged] = useState<string | null>(null);
  const namespaces = useNamespaceTree();
  const { found, ...pages } = usePages(["members", org, text, sort], (after, signal) =>
    api.org.getMembers(
      {
        org,
        sort: sort ?? "name",
        ...(text === "" ? {} : { where: JSON.stringify(whereOf(text)) }),
        ...(after === undefined ? {} : { after }),
      },
      { signal },
    ),
  );
  const setSort = (by: string | null): void =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      if (by === null) next.delete("sort");
      else next.set("sort", by);
      return next;
    });
  const pathOf = (id: string): string => namespaces.data?.pathOf(id) ?? "…";
  return (
    <>
      <PageHead
        title={t("people.members.title")}
        detail={t(isAdmin ? "people.members.detail" : "people.members.detailOwner", { org: name })}
        actions={
          <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={open}>
            {t("people.members.invite")}
          </Button>
        }
      />
      <Group mb="sm">
        <SearchField
          label={t("people.members.search")}
          placeholder={t("people.members.searchHint")}
          value={typed}
          onChange={type}
        />
      </Group>
      <Answer of={found}>
        {({ data }) => (
          <DataTable
            label={t("people.members.table")}
            columns={memberColumns({ t, shown, pathOf, you: person._id, onManage: setManaged })}
            rows={data}
            keyOf={({ _id }) => _id}
            folds
            sort={sort ?? "name"}
            onSort={setSort}
            empty={<EmptyState title={t("people.members.none")}>{t("people.members.noneDetail")}</EmptyState>}
          />
        )}
      </Answer>
      <Pager {...pages} />
      <Invitations pathOf={pathOf} />
      <InviteDialog opened={inviting} onClose={close} tree={namespaces.data} />
      <MemberDialog id={managed} tree={namespaces.data} onClose={() => setManaged(null)} />
    </>
  );
}

function whereOf(text: string): object {
  const contains = { $contains: text, $options: "i" };
  return { $or: [{ name: contains }, { email: contains }] };
}
