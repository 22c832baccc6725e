// What both editors have around them: head, tabs, saving, and what happens when somebody else was quicker.
import { Stack, Tabs } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Dispatch, type ReactNode, type SetStateAction, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import type { Template } from "../../api/generated.ts";
import { ApiProblem } from "../../api/problem.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { PageHead } from "../../parts/page-head.tsx";
import { Conflict, Meanwhile } from "./conflict.tsx";
import { callsOf, type Kind, resourceOf } from "./kinds.ts";
import type { Facts } from "./model.ts";
import { NewPlace } from "./new-place.tsx";
import { ReadOnly } from "./read-only.tsx";
import { SaveBar } from "./save-bar.tsx";
import { Sharing } from "./sharing.tsx";
import { TemplateActions } from "./template-actions.tsx";
import { Unsaved } from "./unsaved.tsx";
import { Versions } from "./versions.tsx";

export interface Editing<Draft> {
  readonly draft: Draft;
  readonly setDraft: Dispatch<SetStateAction<Draft>>;
  readonly readOnly: boolean;
  /** A name is asked for when it is to be saved. */
  readonly nameMissing: boolean;
  /** Where a new template is to be; nothing for one that is kept. */
  readonly place: ReactNode;
}

const TABS = ["edit", "versions", "sharing"] as const;

export function TemplateFrame<Draft extends { readonly name: string }>({
  kind,
  newest,
  initial,
  read,
  write,
  children,
}: {
  readonly kind: Kind;
  /** As the server has it; null for one that is not kept yet. */
  readonly newest: Template | null;
  readonly initial: () => Draft;
  readonly read: (body: Facts) => Draft;
  readonly write: (draft: Draft) => Facts;
  readonly children: (editing: Editing<Draft>) => ReactNode;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const mayLeave = useRef(false);
  const [base, setBase] = useState(newest);
  const [draft, setDraft] = useState(() => (newest === null ? initial() : read(newest.template)));
  const [savedText, setSavedText] = useState(() => JSON.stringify(write(draft)));
  const [namespace, setNamespace] = useState<string | null>(null);
  const [isSaved, setSaved] = useState(false);
  const [nameMissing, setNameMissing] = useState(false);
  const resource = resourceOf(kind);
  const text = JSON.stringify(write(draft));
  const isChanged = text !== savedText;
  const readOnly = base !== null && !base.mayChange;
  const tab = TABS.find((it) => it === search.get("tab") && base !== null) ?? "edit";

  const take = (template: Template): void => {
    const its = read(template.template);
    client.setQueryData([resource, org, template._id], template);
    setBase(template);
    setDraft(its);
    setSavedText(JSON.stringify(write(its)));
    save.reset();
  };
  const save = useMutation({
    mutationFn: ({ body, revision }: { readonly body: Facts; readonly revision?: number }) =>
      base === null
        ? callsOf(kind).create({ org, ...(namespace === null ? {} : { namespace }) }, body)
        : callsOf(kind).replace({ org, id: base._id, revision: revision ?? base.revision }, body),
    async onSuccess(template, { body }) {
      client.setQueryData([resource, org, template._id], template);
      setBase(template);
      setSavedText(JSON.stringify(body));
      setSaved(true);
      void client.invalidateQueries({
        queryKey: [resource, org],
        predicate: ({ queryKey }) => queryKey[2] !== "preview" && queryKey[2] !== template._id,
      });
      void client.invalidateQueries({ queryKey: [resource, org, template._id, "versions"] });
      if (base !== null) return;
      mayLeave.current = true;
      await navigate(`/${org}/templates/${kind}/${template._id}`, { replace: true });
    },
  });
  const start = (): void => {
    if (readOnly || save.isPending || (!isChanged && base !== null)) return;
    setNameMissing(draft.name.trim() === "");
    if (draft.name.trim() === "") {
      document.querySelector<HTMLElement>('[data-pointer="/name"]')?.focus();
      return;
    }
    save.mutate({ body: write(draft) });
  };
  useHotkeys([["mod+S", start]], []);
  const isConflict = save.error instanceof ApiProblem && save.error.code === "revision-conflict";
  const title = base === null && draft.name === "" ? t(`templates.${kind}.new`) : draft.name;
  return (
    <>
      <PageHead
        title={title === "" ? t("templates.nameless") : title}
        detail={
          base === null
            ? t(`templates.${kind}.what`)
            : t("templates.state", { revision: base.revision, when: shown.dateTime(base.updated) })
        }
        actions={
          base === null ? undefined : (
            <TemplateActions
              kind={kind}
              template={base}
              onDeleted={() => {
                mayLeave.current = true;
                void navigate(`/${org}/templates${kind === "dataset" ? "?tab=dataset" : ""}`);
              }}
            />
          )
        }
      />
      <Stack gap="md">
        {readOnly ? <ReadOnly kind={kind} id={base._id} /> : null}
        {base !== null && newest !== null && newest.revision > base.revision && !isConflict ? (
          <Meanwhile newest={newest} isChanged={isChanged} onTake={() => take(newest)} />
        ) : null}
        {base === null ? null : (
          <Tabs
            value={tab}
            onChange={(its) => setSearch(its === "edit" || its === null ? {} : { tab: its }, { replace: true })}
          >
            <Tabs.List>
              {TABS.map((it) => (
                <Tabs.Tab key={it} value={it}>
                  {t(`templates.tabs.${it}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          </Tabs>
        )}
        {tab === "edit"
          ? children({
              draft,
              setDraft,
              readOnly,
              nameMissing: nameMissing && draft.name.trim() === "",
              place: base === null ? <NewPlace value={namespace} onChange={setNamespace} /> : null,
            })
          : null}
        {tab === "versions" && base !== null ? (
          <Versions kind={kind} template={base} isChanged={isChanged} onRestored={take} />
        ) : null}
        {tab === "sharing" && base !== null ? <Sharing kind={kind} template={base} /> : null}
      </Stack>
      {!readOnly && (isChanged || isSaved || base === null) ? (
        <SaveBar
          saved={isSaved && !isChanged && base !== null ? base.revision : null}
          isNew={base === null}
          isChanged={isChanged}
          isSaving={save.isPending}
          error={isConflict ? null : save.error}
          onSave={start}
          onDiscard={base === null ? null : () => take(base)}
        />
      ) : null}
      {isConflict && base !== null ? (
        <Conflict
          kind={kind}
          id={base._id}
          mine={write(draft)}
          isSaving={save.isPending}
          onKeep={(revision) => save.mutate({ body: write(draft), revision })}
          onTake={take}
          onClose={() => save.reset()}
        />
      ) : null}
      <Unsaved isChanged={isChanged} mayLeave={mayLeave} />
    </>
  );
}
