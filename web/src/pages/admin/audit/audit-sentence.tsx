// An entry of the audit log as a sentence, with the way to what it is about.
import { Anchor, Text } from "@mantine/core";
import { Fragment } from "react";
import { Link } from "react-router";
import type { AuditEntry } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useSentence } from "./sentence.ts";

export function AuditSentence({ entry }: { readonly entry: AuditEntry }) {
  const { org } = useOrg();
  const to = pageOf(entry, org);
  return (
    <Text size="sm" style={{ overflowWrap: "anywhere" }}>
      {useSentence()(entry).parts.map(({ is, text }, n) => {
        const key = `${n} ${is}`;
        if (is === "words") return <Fragment key={key}>{text}</Fragment>;
        if (is === "what" && to !== null) {
          return (
            <Anchor key={key} component={Link} to={to} size="sm" underline="always">
              {text}
            </Anchor>
          );
        }
        return <b key={key}>{text}</b>;
      })}
    </Text>
  );
}

/** Where the subject is; null for what has no page, or is gone. */
function pageOf({ subjectKind, subject, action, details, names }: AuditEntry, org: string): string | null {
  if (subject === null || action.endsWith(".delete")) return null;
  if (subjectKind === "export") return `/${org}/exports/${subject}`;
  if (subjectKind === "batch" && subject in names) return `/${org}/batches/${subject}`;
  if (subjectKind === "template" && subject in names) {
    const kind = details["kind"] === "export-template" ? "export" : "dataset";
    return `/${org}/templates/${kind}/${subject}`;
  }
  return null;
}
