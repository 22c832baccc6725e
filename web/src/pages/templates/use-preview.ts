// What a template that is being made gives on real records, and what is wrong with it, each at its column.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { TemplatePreview } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { loadSentences } from "../../text/index.ts";
import { detailOf, hintOf } from "../../text/said.ts";
import { callsOf, type Kind, resourceOf } from "./kinds.ts";
import type { Facts } from "./model.ts";

/** Something that is said of a place in a template. */
export interface Finding {
  readonly tone: "problem" | "note";
  /** A JSON pointer into the template, as it was then. */
  readonly pointer: string;
  /** The key of the column or dataset that it is about, however it has been moved since. */
  readonly item: string | null;
  /** Where in it: `/date`. */
  readonly rest: string;
  readonly text: string;
}

export interface Previewed {
  readonly preview: TemplatePreview;
  readonly findings: readonly Finding[];
  /** By the pointer of a column: its key. */
  readonly itemAt: ReadonlyMap<string, string>;
}

/** What stands before the key of a column: its pointer. */
export type Places = readonly (readonly [pointer: string, key: string])[];

const SETTLED = 450;

/** @param places of all columns, or of the datasets of an export template */
export function usePreview(kind: Kind, body: Facts, places: Places, isReady: boolean): UseQueryResult<Previewed> {
  const { org } = useOrg();
  const { t, i18n } = useTranslation();
  const name = typeof body["name"] === "string" && body["name"].trim() !== "" ? body["name"] : "…";
  const [settled] = useDebouncedValue(JSON.stringify({ places, body: { ...body, name } }), SETTLED);
  return useQuery({
    queryKey: [resourceOf(kind), org, "preview", i18n.language, settled],
    enabled: isReady,
    retry: false,
    staleTime: 60_000,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    async queryFn({ signal }) {
      const its = JSON.parse(settled) as { readonly places: Places; readonly body: Facts };
      const preview = await callsOf(kind).preview({ org, limit: 10 }, its.body, { signal });
      const itemAt = new Map(its.places);
      const place = (pointer: string): Pick<Finding, "pointer" | "item" | "rest"> => {
        const [at] = [...itemAt.keys()]
          .filter((it) => pointer === it || pointer.startsWith(`${it}/`))
          .toSorted((a, b) => b.length - a.length);
        return at === undefined
          ? { pointer, item: null, rest: pointer }
          : { pointer, item: itemAt.get(at)!, rest: pointer.slice(at.length) };
      };
      await loadSentences();
      const findings: Finding[] = [
        ...preview.problems
          // A draft may be kept; the editor says so itself.
          .filter(({ code }) => code !== "template-is-draft")
          .map((problem) => ({
            tone: "problem" as const,
            ...place(problem.pointer),
            text: [detailOf(problem), hintOf(problem)].filter(Boolean).join(" "),
          })),
        ...preview.notes.map(({ pointer, note, column, before }) => ({
          tone: "note" as const,
          ...place(pointer),
          text: t(`templates.notes.${noteOf(note)}`, { column, before: before ?? "" }),
        })),
      ];
      return { preview, findings, itemAt };
    },
  });
}

const NOTES = ["removed", "renamed", "type-changed"] as const;

function noteOf(note: string): (typeof NOTES)[number] {
  return NOTES.find((it) => it === note) ?? "renamed";
}
