// Who was given a role in a namespace, and one more.
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Namespace } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { usePages } from "../../../lib/use-pages.ts";
import { Answer } from "../../../parts/answer.tsx";
import { Pager } from "../../../parts/pager.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { RoleRow } from "./role-row.tsx";
import { type Role, ROLES } from "./roles.ts";
import { useGiveRole } from "./use-give-role.ts";

export function NamespaceMembers({ namespace }: { readonly namespace: Namespace }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const give = useGiveRole();
  const id = namespace._id;
  const { found, ...pages } = usePages(["namespace-members", org, id], (after, signal) =>
    api.org.getNamespacesByIdMembers({ org, id, sort: "name", ...(after === undefined ? {} : { after }) }, { signal }),
  );
  return (
    <Stack>
      <Answer of={found}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("people.namespace.noMembers")}. {t("people.namespace.noMembersDetail")}
            </Text>
          ) : (
            <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
              {data.map((it) => (
                <RoleRow
                  key={it.person}
                  label={it.name}
                  role={it.role}
                  isEditable
                  isPending={give.isPending}
                  onChange={(role) => give.mutate({ person: it.person, namespace: id, role })}
                >
                  {it.name}{" "}
                  <Text component="span" size="xs" c="dimmed">
                    {it.email}
                  </Text>
                </RoleRow>
              ))}
            </Stack>
          )
        }
      </Answer>
      <Pager {...pages} />
      {give.error === null ? null : <Problem error={give.error} />}
      <AddMember
        isPending={give.isPending}
        onAdd={(person, role, done) => give.mutate({ person, namespace: id, role }, { onSuccess: done })}
      />
    </Stack>
  );
}

function AddMember({
  isPending,
  onAdd,
}: {
  readonly isPending: boolean;
  readonly onAdd: (person: string, role: Role, done: () => void) => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const [person, setPerson] = useState<string | null>(null);
  const [role, setRole] = useState<Role>("analyst");
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed, 250);
  const contains = { $contains: text, $options: "i" };
  const { data } = useQuery({
    queryKey: ["members", org, "found", text],
    queryFn: ({ signal }) =>
      api.org.getMembers(
        {
          org,
          sort: "name",
          ...(text === "" ? {} : { where: JSON.stringify({ $or: [{ name: contains }, { email: contains }] }) }),
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const offered = (data?.data ?? []).map((it) => ({ value: it._id, label: `${it.name} · ${it.email}` }));
  const all = chosen === null || offered.some(({ value }) => value === chosen.value) ? offered : [chosen, ...offered];
  return (
    <Group align="flex-end" gap="xs">
      <Select
        flex="1 1 240px"
        label={t("people.namespace.addMember")}
        placeholder={t("people.namespace.member")}
        data={all}
        // The server has looked already; what was typed is in the name or the address.
        filter={({ options }) => options}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("common.clear") }}
        nothingFoundMessage={t("people.members.none")}
        value={person}
        searchValue={typed}
        onSearchChange={setTyped}
        onChange={(value, option) => {
          setPerson(value);
          setChosen(value === null || option === null ? null : { value, label: option.label });
        }}
      />
      <Select
        w={150}
        aria-label={t("people.member.role")}
        data={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
        value={role}
        allowDeselect={false}
        onChange={(next) => setRole(next as Role)}
      />
      <Button
        variant="default"
        disabled={person === null}
        loading={isPending}
        onClick={() =>
          onAdd(person!, role, () => {
            setPerson(null);
            setChosen(null);
            setTyped("");
          })
        }
      >
        {t("people.member.add")}
      </Button>
    </Group>
  );
}
