// An entry of the audit log as a sentence in the reader's language, in parts: who, what it was done to, and words between.
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "../../../api/generated.ts";
import { useObjectLabel } from "../../../parts/fields/use-object-types.ts";
import { isKnownAction, KINDS } from "./actions.ts";

export interface Sentence {
  readonly parts: readonly { readonly is: "words" | "who" | "what" | "with"; readonly text: string }[];
}

/** They stand in the translated sentence where a part goes. Nobody writes them: they are characters without a meaning. */
const MARKS = { who: "\uE001", what: "\uE002", with: "\uE003" } as const;

export function useSentence(): (entry: AuditEntry) => Sentence {
  const { t } = useTranslation();
  const labelOf = useObjectLabel();
  const named = ({ names }: AuditEntry, id: unknown): string | null =>
    typeof id === "string" ? (names[id] ?? null) : null;
  /** What the subject is called: as now, as it was when it was done, or what it was of. */
  const subjectOf = (entry: AuditEntry): string => {
    const { subject, subjectKind, details } = entry;
    const name = named(entry, subject) ?? text(details["name"]) ?? text(details["label"]) ?? text(details["code"]);
    if (name !== null) {
      if (subjectKind === "export") return t("admin.audit.exportNamed", { name });
      return subjectKind === "person" || subjectKind === "invitation" ? name : t("admin.audit.quoted", { name });
    }
    const object = text(details["object"]);
    const kind = KINDS.find((it) => it === subjectKind);
    if (subjectKind === "export" && object !== null) return t("admin.audit.anExportOf", { objects: labelOf(object) });
    return kind === undefined ? (subject ?? t("common.unknown")) : t(`admin.audit.unnamed.${kind}`);
  };
  const otherOf = (entry: AuditEntry): string => {
    const { details, action } = entry;
    if (action === "member.change") return t(`admin.audit.roles.${details["role"] === "admin" ? "admin" : "member"}`);
    const id = action === "namespace.role" ? details["namespace"] : (details["with"] ?? details["namespace"]);
    return named(entry, id) ?? text(id) ?? t("common.unknown");
  };
  return (entry) => {
    const { action, person, details, token } = entry;
    const who = named(entry, person) ?? (person === null ? t("admin.audit.operator") : t("admin.audit.somebody"));
    const role = text(details["role"]);
    const given = {
      ...MARKS,
      role: role === null ? "" : t(`admin.audit.roles.${role as "guest"}`, { defaultValue: role }),
      action,
    };
    const taken = action === "namespace.role" && role === null;
    const sentence = taken
      ? t("admin.audit.did.roleTaken", given)
      : isKnownAction(action)
        ? t(`admin.audit.did.${action}`, given)
        : t("admin.audit.did.unknown", given);
    const texts = { who, what: subjectOf(entry), with: otherOf(entry) };
    const parts = sentence.split(/([\uE001-\uE003])/).flatMap((part): Sentence["parts"] => {
      const is = (["who", "what", "with"] as const).find((it) => MARKS[it] === part);
      return part === "" ? [] : [is === undefined ? { is: "words", text: part } : { is, text: texts[is] }];
    });
    if (token === null) return { parts };
    const by = named(entry, token);
    const words = by === null ? t("admin.audit.byToken") : t("admin.audit.byTokenNamed", { name: by });
    return { parts: [...parts, { is: "words", text: ` ${words}` }] };
  };
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
