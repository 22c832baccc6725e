// Conditions on fields, as their types allow, in groups; and the same as JSON.
import { Stack } from "@mantine/core";
import { useState } from "react";
import { ApiProblem } from "../../api/problem.ts";
import { hintOf } from "../../text/said.ts";
import type { PathField } from "../fields/field.ts";
import { GroupForm } from "./group-form.tsx";
import type { Group } from "./model.ts";
import { problemsByItem } from "./problems.ts";
import { readWhere } from "./read-where.ts";
import { WhereJson } from "./where-json.tsx";
import { writeWhere } from "./write-where.ts";

export interface FilterBuilderProps {
  /** Fields that can be asked about; those without operators are left out. */
  readonly fields: readonly PathField[];
  /** A condition as the API takes it; undefined for none. */
  readonly value: unknown;
  /** Called with complete conditions only. */
  readonly onChange: (where: unknown) => void;
  /** What the API said of `value`: its places are shown where they are. */
  readonly problem?: unknown;
  /** Where `value` is in what was sent: `/where`. */
  readonly pointer?: string;
}

export function FilterBuilder({ fields, value, onChange, problem = null, pointer = "/where" }: FilterBuilderProps) {
  const given = JSON.stringify(value);
  const [draft, setDraft] = useState(() => ({ of: given, group: readWhere(value) }));
  // Somebody else has changed it: a chip was taken away, a view opened.
  if (draft.of !== given) setDraft({ of: given, group: readWhere(value) });
  const { places } = writeWhere(draft.group);
  const facts = problem instanceof ApiProblem ? problem.facts : null;
  const problems = problemsByItem(facts?.errors ?? [], places, pointer, facts === null ? undefined : hintOf(facts));
  const change = (group: Group): void => {
    const { where } = writeWhere(group);
    setDraft({ of: JSON.stringify(where), group });
    if (JSON.stringify(where) !== given) onChange(where);
  };
  return (
    <Stack gap="md">
      <GroupForm
        group={draft.group}
        fields={fields.filter((it) => it.operators.length > 0)}
        problems={problems.byItem}
        depth={0}
        onChange={change}
      />
      <WhereJson value={value} onChange={onChange} problems={problems.others} />
    </Stack>
  );
}
