// Reads the records of a prepared page that one statement gives as JSON: their cells become bytes of the answer, and nothing between.
import { readJson } from "../../../engine/page.ts";
import type { JsonMember } from "../../../engine/page-json.ts";
import { type PagePlan, planPage } from "../../../plan/page.ts";
import { both } from "../../../plan/selection.ts";
import { sealFor, type Within } from "../page.ts";
import { pageOptions } from "../sight.ts";
import type { PreparedPage, RecordShape } from "./prepare.ts";
import { joined, pageInfo, placesOf, type TreeReading } from "./read.ts";
import type { JsonPage, WantedMember } from "./wanted.ts";

/** @throws inputError `cursor-not-suited`; failure of the source, `page-too-large` */
export async function readJsonPage(
  prepared: PreparedPage,
  members: readonly WantedMember[],
  within: Within | null,
  { session, signal, answer, counts }: TreeReading,
): Promise<JsonPage> {
  const { wanted, request, sight, record } = prepared;
  const { object, catalog, access, locale } = sight;
  const seal = sealFor(sight, prepared.plan, wanted, joined(within, prepared.filter));
  const between = placesOf(prepared, [seal]);
  const its = { ...request, where: both(within?.also ?? null, request.where), limit: wanted.size + 1 };
  const plan = planPage(its, object, catalog, access, locale, between);
  const options = { ...pageOptions(sight, [plan], signal), answer };
  const read = await readJson(plan, membersOf(members, record, plan.key, plan), wanted.size, session, options);
  const page = pageInfo(read, prepared, seal, { json: read.data, records: read.count });
  if (wanted.count) counts.push({ prepared, conditions: [within?.also ?? null], pages: [page] });
  return page;
}

/** @param key the cells of the record's key */
function membersOf(
  members: readonly WantedMember[],
  shape: RecordShape,
  key: readonly number[] | null,
  plan: PagePlan,
): JsonMember[] {
  return members.map((member): JsonMember => {
    const { as: name } = member;
    switch (member.is) {
      case "value": {
        const { value } = shape.fields.find((it) => it.name === member.name)!;
        const { form, otherwise } = member;
        return { name, is: "value", column: plan.table.columns[value]!, form, otherwise };
      }
      case "key":
        return { name, is: "key", cells: key };
      case "fixed":
        return { name, is: "fixed", value: member.value };
      case "record": {
        const { of } = shape.references.find(({ as }) => as === member.reference)!;
        const cells = of.key?.map((n) => plan.told[n]!) ?? null;
        return {
          name,
          is: "record",
          presence: plan.told[of.presence!]!,
          members: membersOf(member.members, of, cells, plan),
        };
      }
    }
  });
}
