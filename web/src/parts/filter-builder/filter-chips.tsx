// The conditions of a filter, each to be taken away, or opened.
import { CloseButton, Group, UnstyledButton } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { PathField } from "../fields/field.ts";
import { useDescribe } from "./describe.ts";
import classes from "./filter-chips.module.css";
import { type Group as Items, emptyGroup } from "./model.ts";
import { readWhere } from "./read-where.ts";
import { writeWhere } from "./write-where.ts";

export function FilterChips({
  fields,
  value,
  onChange,
  onOpen,
}: {
  readonly fields: readonly PathField[];
  readonly value: unknown;
  readonly onChange: (where: unknown) => void;
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const describe = useDescribe(fields);
  const group = useMemo(() => atTop(readWhere(value)), [value]);
  const without = (id: number): void =>
    onChange(writeWhere({ ...group, items: group.items.filter((it) => it.id !== id) }).where);
  return (
    <Group component="ul" gap={6} className={classes["chips"]} aria-label={t("records.filter.chips")}>
      {group.items.map((item) => {
        const text = describe(item);
        return (
          <li key={item.id} className={classes["chip"]}>
            <UnstyledButton className={classes["text"]} onClick={onOpen} title={text}>
              {text}
            </UnstyledButton>
            <CloseButton
              size={24}
              iconSize={14}
              aria-label={t("records.filter.takeAway", { text })}
              onClick={() => without(item.id)}
            />
          </li>
        );
      })}
    </Group>
  );
}

/** Conditions that must all hold have a chip each; others stand together. */
function atTop(group: Items): Items {
  return group.joined === "all" ? group : emptyGroup("all", [group]);
}
