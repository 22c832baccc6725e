// Realms: object types that exports are asked for by dates, with what is told of their fields.
import { describe, expect, test } from "vitest";
import type { ObjectFacts } from "../../src/service/objects.ts";
import { KINDS } from "../setup/control.ts";
import { type Asker, aWorld } from "../setup/service.ts";

const QUERY = "select id, project_id, name, type, depth, collected_on, patient from samples";
/** Beside object types without a range. */
const REALMS = `
      jobs:
        query: "${QUERY}"
        key: id
        namespace: project_id
        label: { en: Jobs, fr: Tâches }
        documentation: { en: One row a sample., fr: Une ligne par échantillon. }
        range: { field: collected_on, max: P3M }
        fields:
          depth: { unit: m, label: { en: Depth, fr: Profondeur }, documentation: { en: Below ground., fr: Sous terre. } }
          patient: { deidentify: { below: owner, rule: hash } }
      births:
        query: "${QUERY}"
        key: id
        range: { field: collected_on }
        fields: { collected_on: { deidentify: { below: owner, rule: year } } }
`;

describe.each(KINDS)("on %s", (kind) => {
  test("are told as the caller may have them", async () => {
    const world = await aWorld(kind, { more: REALMS });
    const realms = async (asker: Asker, query: Record<string, string> = {}, language = "en") => {
      const headers = { "accept-language": language };
      const answer = await world.ask(asker, { url: "/lab/v2/realms", query, headers });
      expect(answer.statusCode, answer.body).toBe(200);
      return answer.json<{ object: string; data: ObjectFacts[]; hasMore: boolean; next: string | null }>();
    };
    const of = (its: readonly ObjectFacts[], realm: string, field: string) =>
      its.find(({ name }) => name === realm)!.fields.find(({ name }) => name === field)!;

    const all = await realms("admin");
    expect(all).toMatchObject({ object: "list", hasMore: false, next: null });
    expect(all.data.map(({ name, range }) => [name, range])).toEqual([
      ["jobs", { field: "collected_on", max: "P3M" }],
      ["births", { field: "collected_on", max: "P1Y" }],
    ]);
    const [jobs] = all.data;
    expect(jobs).toMatchObject({ label: "Jobs", documentation: "One row a sample.", namespaced: true, key: ["id"] });
    expect(of(all.data, "jobs", "depth")).toMatchObject({
      label: "Depth",
      documentation: "Below ground.",
      unit: "m",
      type: "decimal",
      id: "jobs.depth",
      optional: false,
      deidentified: null,
      readable: true,
      sortable: true,
    });
    expect(of(all.data, "jobs", "patient")).toMatchObject({ deidentified: null, readable: true });

    // Whoever gets a field de-identified reads so, and a realm whose dates are so is none for them.
    const { data: some } = await realms("analyst", {}, "fr");
    expect(some.map(({ name }) => name)).toEqual(["jobs"]);
    expect(some[0]).toMatchObject({ label: "Tâches", documentation: "Une ligne par échantillon." });
    expect(of(some, "jobs", "depth")).toMatchObject({ label: "Profondeur", documentation: "Sous terre." });
    const patient = of(some, "jobs", "patient");
    expect(patient).toMatchObject({ deidentified: "hash", readable: false, sortable: false, operators: [] });
    const body = { realm: "births", from: "2024-01-01", to: "2024-01-31", format: "csv", namespace: world.soil.id };
    const refused = await world.ask("analyst", { method: "POST", url: "/lab/v2/exports", payload: body });
    expect(refused.statusCode, refused.body).toBe(422);
    expect(refused.json()).toMatchObject({ errors: [{ pointer: "/from", code: "range-not-suited" }] });

    // A list as all others.
    const first = await realms("admin", { limit: "1", sort: "-name" });
    expect(first).toMatchObject({ hasMore: true, data: [{ name: "jobs" }] });
    const second = await realms("admin", { limit: "1", sort: "-name", after: first.next! });
    expect(second).toMatchObject({ hasMore: false, data: [{ name: "births" }] });
    expect((await realms("admin", { where: '{"range.max":"P3M"}' })).data.map(({ name }) => name)).toEqual(["jobs"]);
    const elsewhere = await world.ask("admin", { url: "/lab/v2/objects", query: { limit: "1", after: first.next! } });
    expect(elsewhere.json()).toMatchObject({ code: expect.any(String), errors: [{ pointer: "/after" }] });
  });

  test("an export of a realm tells its days, in lists and by itself, and the names of whoever had to do with it", async () => {
    const world = await aWorld(kind, { more: REALMS });
    const days = { from: "2024-01-01", to: "2024-03-31" };
    const payload = { realm: "jobs", ...days, format: "csv", namespace: world.soil.id };
    const made = await world.ask("analyst", { method: "POST", url: "/lab/v2/exports", payload });
    expect(made.statusCode, made.body).toBe(201);
    const { _id, owner, range } = made.json<{ _id: string; owner: { id: string; name: string }; range: object }>();
    expect(range).toEqual(days);
    const listed = await world.ask("analyst", { url: "/lab/v2/exports", query: { realms: "true" } });
    expect(listed.json()).toMatchObject({ data: [{ _id, kind: "realm", range: days }] });
    const cancelled = await world.ask("admin", { method: "POST", url: `/lab/v2/exports/${_id}/cancel` });
    expect(cancelled.json()).toMatchObject({ state: "cancelled", range: days });
    const found = await world.ask("analyst", { url: `/lab/v2/exports/${_id}` });
    const { people, timeline } = found.json<{
      people: { id: string; name: string }[];
      timeline: { person: string }[];
    }>();
    expect(people).toContainEqual(owner);
    expect(new Set(people.map(({ id }) => id))).toEqual(new Set(timeline.map(({ person }) => person)));
  });
});
