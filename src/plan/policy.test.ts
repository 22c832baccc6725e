import { describe, expect, it } from "vitest";
import { policyFor } from "./policy.ts";
import type { Principal } from "./principal.ts";

const anna: Principal = {
  email: "anna@x.org",
  id: "7",
  role: "owner",
  attributes: { site: 3, sites: [1, 2], team: { name: "soil" } },
  namespaces: null,
};
const nobody: Principal = { email: null, id: null, role: null, attributes: {}, namespaces: null };
const ALWAYS = {};
const NEVER = { $nor: [{}] };

describe("a policy for a principal", () => {
  it.each([
    [{ owner: "$principal.email" }, { owner: "anna@x.org" }],
    [
      { a: 1, owner: { $in: ["$principal.email", "x"] } },
      { a: 1, owner: { $in: ["anna@x.org", "x"] } },
    ],
    [{ site: "$principal.attributes.site" }, { site: 3 }],
    [{ site: "$principal.attributes.sites" }, { site: { $in: [1, 2] } }],
    [{ site: { $in: "$principal.attributes.sites" } }, { site: { $in: [1, 2] } }],
    [{ site: { $in: "$principal.attributes.site" } }, { site: { $in: [3] } }],
    [{ site: { $nin: ["$principal.attributes.sites", 9] } }, { site: { $nin: [1, 2, 9] } }],
    [{ team: "$principal.attributes.team.name" }, { team: "soil" }],
    [{ list: { $elemMatch: { by: "$principal.id" } } }, { list: { $elemMatch: { by: "7" } } }],
    [{ tags: { $elemMatch: { $eq: "$principal.id" } } }, { tags: { $elemMatch: { $eq: "7" } } }],
    [{ note: "costs $principal.email" }, { note: "costs $principal.email" }],
    [{ "$principal.role": "owner" }, { $and: [ALWAYS] }],
    [{ "$principal.role": { $in: ["owner", "admin"] }, a: 1 }, { $and: [{ a: 1 }, ALWAYS] }],
    [{ "$principal.role": "guest" }, { $and: [NEVER] }],
    [{ "$principal.attributes.sites": 2 }, { $and: [ALWAYS] }],
    [{ "$principal.attributes.none": { $exists: false } }, { $and: [ALWAYS] }],
  ])("%j is %j", (policy, expected) => {
    expect(policyFor(policy, anna)).toEqual(expected);
  });

  it.each([
    [{ owner: "$principal.email" }, { $and: [NEVER] }],
    [{ owner: { $ne: "$principal.email" } }, { $and: [NEVER] }],
    [{ owner: { $not: { $eq: "$principal.email" } } }, { $and: [NEVER] }],
    [{ owner: { $nin: ["$principal.email"] } }, { $and: [NEVER] }],
    [{ $not: { owner: "$principal.email" } }, { $not: { $and: [ALWAYS] } }],
    [{ $nor: [{ owner: "$principal.email" }] }, { $nor: [{ $and: [ALWAYS] }] }],
    [{ $not: { $not: { owner: "$principal.email" } } }, { $not: { $not: { $and: [NEVER] } } }],
    [{ $or: [{ a: 1 }, { owner: "$principal.email" }] }, { $or: [{ a: 1 }, { $and: [NEVER] }] }],
    [{ l: { $elemMatch: { by: "$principal.id" } } }, { l: { $elemMatch: { $and: [NEVER] } } }],
    [{ l: { $not: { $elemMatch: { by: "$principal.id" } } } }, { l: { $not: { $elemMatch: { $and: [ALWAYS] } } } }],
    [{ tags: { $elemMatch: { $eq: "$principal.id" } } }, { $and: [NEVER] }],
    [{ "$principal.role": { $ne: "guest" } }, { $and: [NEVER] }],
    [{ "$principal.email": { $exists: false } }, { $and: [ALWAYS] }],
    [{ x: "$principal.attributes.team" }, { $and: [NEVER] }],
    [{ x: "$principal.attributes.__proto__" }, { $and: [NEVER] }],
  ])("%j lets nothing through for whoever lacks what it names", (policy, expected) => {
    expect(policyFor(policy, nobody)).toEqual(expected);
  });

  it("checks names without a principal", () => {
    expect(policyFor({ owner: "$principal.email", site: { $gt: "$principal.attributes.site" }, a: 1 }, null)).toEqual({
      owner: { $exists: true },
      site: { $exists: true },
      a: 1,
    });
  });

  it.each([
    [{ owner: "$principal.mail" }, "/owner"],
    [{ owner: "$principal" }, "/owner"],
    [{ a: { $in: ["$principal.email.x"] } }, "/a/$in/0"],
    [{ $or: [{ "$principal.attributes": 1 }] }, "/$or/0/$principal.attributes"],
    [{ "$principal.role": { $gt: "guest" } }, "/$principal.role/$gt"],
  ])("%j is refused at %s", (policy, pointer) => {
    expect(() => policyFor(policy, null)).toThrow(
      expect.objectContaining({ code: "policy-not-suited", places: [expect.objectContaining({ pointer })] }) as Error,
    );
  });
});
