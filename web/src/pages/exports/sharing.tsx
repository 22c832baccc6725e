// Whom an export is shared with, and with whom it may be.
import { ActionIcon, Autocomplete, Button, Group, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconUserMinus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { Problem } from "../../parts/problem.tsx";
import { Section } from "./section.tsx";
import type { ExportDetails } from "./use-live-export.ts";

export function Sharing({
  of: { _id: id, sharedWith, owner },
  org,
}: {
  readonly of: ExportDetails;
  readonly org: string;
}) {
  const { t } = useTranslation();
  const { may } = useOrg();
  const client = useQueryClient();
  const [whom, setWhom] = useState("");
  const [typed] = useDebouncedValue(whom.trim(), 200);
  const onSettled = (): Promise<void> => client.invalidateQueries({ queryKey: ["exports", org, "one", id] });
  const share = useMutation({
    mutationFn: (person: string) => api.org.putExportsByIdSharesByPerson({ org, id, person }),
    onSuccess: () => setWhom(""),
    onSettled,
  });
  const unshare = useMutation({
    mutationFn: (person: string) => api.org.deleteExportsByIdSharesByPerson({ org, id, person }),
    onSettled,
  });
  const { data: members } = useQuery({
    queryKey: ["members", org, "named", typed],
    queryFn: ({ signal }) => {
      const named = { $contains: typed, $options: "i" };
      const where = typed === "" ? undefined : JSON.stringify({ $or: [{ name: named }, { email: named }] });
      return api.org.getMembers({ org, limit: 20, ...(where === undefined ? {} : { where }) }, { signal });
    },
    enabled: may("members.see"),
    placeholderData: (before) => before,
  });
  const others = (members?.data ?? []).filter(
    ({ _id, disabled }) => disabled === null && _id !== owner?.id && sharedWith.every(({ person }) => person !== _id),
  );
  const nameOf = new Map(others.map(({ name, email }) => [email, name]));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (whom.trim() !== "") share.mutate(whom.trim());
  };
  const problem = share.error ?? unshare.error;
  return (
    <Section title={t("exports.sharing.title")}>
      <Stack gap="sm">
        {sharedWith.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("exports.sharing.nobody")}
          </Text>
        ) : (
          <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: "none" }}>
            {sharedWith.map(({ person, name, email }) => (
              <Group key={person} component="li" justify="space-between" wrap="nowrap" gap="xs">
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" truncate>
                    {name}
                  </Text>
                  <Text size="xs" c="dimmed" truncate>
                    {email}
                  </Text>
                </div>
                <ActionIcon
                  variant="subtle"
                  aria-label={t("exports.sharing.unshare", { name })}
                  onClick={() => unshare.mutate(person)}
                  loading={unshare.isPending && unshare.variables === person}
                >
                  <IconUserMinus size={18} aria-hidden />
                </ActionIcon>
              </Group>
            ))}
          </Stack>
        )}
        <form onSubmit={submit}>
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <Autocomplete
              label={t("exports.sharing.whom")}
              description={t(may("members.see") ? "exports.sharing.hintMembers" : "exports.sharing.hint")}
              value={whom}
              onChange={setWhom}
              data={others.map(({ email }) => email)}
              filter={({ options }) => options}
              renderOption={({ option }) => (
                <div>
                  <Text size="sm">{nameOf.get(option.value)}</Text>
                  <Text size="xs" c="dimmed">
                    {option.value}
                  </Text>
                </div>
              )}
              style={{ flex: 1, minWidth: 0 }}
            />
            <Button type="submit" variant="default" loading={share.isPending} disabled={whom.trim() === ""}>
              {t("exports.sharing.share")}
            </Button>
          </Group>
        </form>
        {problem === null ? null : <Problem error={problem} />}
      </Stack>
    </Section>
  );
}
