// Narrows the audit log: by action, person, what it was done to, and days.
import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { useUrlText } from "../../../lib/use-url-text.ts";
import classes from "./audit-filters.module.css";
import { ACTIONS, KINDS } from "./actions.ts";
import type { AuditFilter } from "./filter.ts";

export function AuditFilters({
  filter,
  put,
  clear,
}: {
  readonly filter: AuditFilter;
  readonly put: (change: AuditFilter) => void;
  /** Null where there is nothing to clear. */
  readonly clear: (() => void) | null;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const subject = useUrlText("subject");
  const { data: members } = useQuery({
    queryKey: ["members", org, "names"],
    queryFn: ({ signal }) => api.org.getMembers({ org, limit: 500, sort: "name" }, { signal }),
    staleTime: 60_000,
  });
  const people = (members?.data ?? []).map(({ _id, name, email }) => ({ value: _id, label: `${name} (${email})` }));
  // Somebody who has left is known by their entries only.
  const { person } = filter;
  const isThere = person === undefined || person === "none" || people.some(({ value }) => value === person);
  const groups = KINDS.flatMap((kind) => {
    const items = ACTIONS.filter((action) => kindOf(action) === kind);
    return [
      {
        group: t(`admin.audit.kinds.${kind}`),
        items: items.map((action) => ({ value: action, label: t(`admin.audit.actions.${action}`) })),
      },
    ];
  });
  const select = {
    placeholder: t("admin.audit.any"),
    clearable: true,
    clearButtonProps: { "aria-label": t("common.clear") },
    size: "xs",
  };
  return (
    <div className={classes["filters"]} role="search" aria-label={t("admin.audit.filters")}>
      <Select
        {...select}
        label={t("admin.audit.action")}
        data={groups}
        value={filter.action ?? null}
        onChange={(action) => put({ action: action ?? "" })}
        searchable
      />
      <Select
        {...select}
        label={t("admin.audit.person")}
        data={[
          ...people,
          ...(isThere ? [] : [{ value: person, label: person }]),
          { value: "none", label: t("admin.audit.operator") },
        ]}
        value={person ?? null}
        onChange={(value) => put({ person: value ?? "" })}
        searchable
      />
      <Select
        {...select}
        label={t("admin.audit.kind")}
        data={KINDS.map((kind) => ({ value: kind, label: t(`admin.audit.kinds.${kind}`) }))}
        value={filter.kind ?? null}
        onChange={(kind) => put({ kind: kind ?? "" })}
      />
      <TextInput
        label={t("admin.audit.subject")}
        placeholder={t("admin.audit.subjectHint")}
        value={subject.typed}
        onChange={(event) => subject.type(event.currentTarget.value)}
        size="xs"
      />
      {(["from", "to"] as const).map((name) => (
        <TextInput
          key={name}
          type="date"
          label={t(`admin.audit.${name}`)}
          value={filter[name] ?? ""}
          min={name === "to" ? filter.from : undefined}
          max={name === "from" ? filter.to : undefined}
          onChange={(event) => put({ [name]: event.currentTarget.value })}
          size="xs"
        />
      ))}
      {clear === null ? null : (
        <Button size="xs" variant="default" onClick={clear}>
          {t("admin.audit.clear")}
        </Button>
      )}
    </div>
  );
}

function kindOf(action: string): string {
  const [kind = ""] = action.split(".");
  return kind === "member" ? "person" : kind;
}
