// JSON as a tree whose branches open and close.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./json-tree.module.css";

/** So many items of a list or an object are shown at a time. */
const AT_ONCE = 100;
/** Branches down to here are open, where they are short. */
const OPEN_DEPTH = 2;
const OPEN_ITEMS = 12;

export function JsonTree({ value }: { readonly value: unknown }) {
  return (
    <div className={classes["tree"]}>
      <Node value={value} depth={0} />
    </div>
  );
}

function Node({ name, value, depth }: { readonly name?: string; readonly value: unknown; readonly depth: number }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(AT_ONCE);
  const isList = Array.isArray(value);
  const entries =
    typeof value === "object" && value !== null
      ? isList
        ? value.map((it: unknown, n): [string, unknown] => [String(n), it])
        : Object.entries(value)
      : null;
  const label = name === undefined ? null : <span className={classes["name"]}>{name}: </span>;
  if (entries === null || entries.length === 0) {
    return (
      <>
        {label}
        <Leaf value={value} />
      </>
    );
  }
  const count = entries.length;
  const left = count - shown;
  return (
    <details open={depth < OPEN_DEPTH && (depth === 0 || count <= OPEN_ITEMS)}>
      <summary>
        {label}
        <span className={classes["quiet"]}>
          {t(isList ? "records.one.json.items" : "records.one.json.members", { count })}
        </span>
      </summary>
      <ul>
        {entries.slice(0, shown).map(([key, its]) => (
          <li key={key}>
            <Node name={key} value={its} depth={depth + 1} />
          </li>
        ))}
        {left > 0 ? (
          <li>
            <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + AT_ONCE)}>
              {t("records.one.json.more", { count: left })}
            </Button>
          </li>
        ) : null}
      </ul>
    </details>
  );
}

function Leaf({ value }: { readonly value: unknown }) {
  const { t } = useTranslation();
  if (typeof value === "string") return <span className={classes["text"]}>{JSON.stringify(value)}</span>;
  if (typeof value === "number") return <span className={classes["number"]}>{value}</span>;
  if (Array.isArray(value)) return <span className={classes["quiet"]}>{t("records.one.json.emptyList")}</span>;
  if (typeof value === "object" && value !== null)
    return <span className={classes["quiet"]}>{t("records.one.json.emptyObject")}</span>;
  return <span className={classes["number"]}>{String(value)}</span>;
}
