// The schema of `waybill.yaml` (CONTRACT section 2). Its descriptions are what editors show, and are enough to write one.
import { z } from "zod";
import * as scalars from "./scalars.ts";
import { choice, duration, filled, localised, oneOrMore, yesOrNo } from "./scalars.ts";

const fieldName = filled("the name of a field");
const fieldNames = oneOrMore("the name of a field", "a list of names");
const objectName = filled("the name of an object type");
const label = localised.optional().describe("How people call it, in one language or several.");
const documentation = localised.optional().describe("What it means; shown beside it and written into the README.");

/** Things by name. An empty value (`fields:` with nothing below it) is none of them. */
function named<Schema extends z.ZodType>(schema: Schema, what: string) {
  return z.record(filled("a name"), schema, { error: `${what} by their names` }).nullish();
}

/** Refuses keys that are not known: the message is then the list of those that are, for suggestions. */
function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape, keys: string) {
  const known = Object.keys(shape).join(" ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? known : `a mapping with ${keys}`),
  });
}

const role = choice("analyst", "maintainer", "owner")
  .optional()
  .describe("For whoever has less than this role; for everybody when absent.");

const RULES = "hash, drop, year, truncate (with length) or shift (with days and subject)";
const simpleRule = z.enum(["hash", "drop", "year"], { error: RULES });
const truncate = {
  rule: z.literal("truncate", { error: RULES }),
  length: scalars.positive.describe("How many characters stay."),
};
const shift = {
  rule: z.literal("shift", { error: RULES }),
  days: scalars.positive.describe("At most so many days, earlier or later."),
  subject: fieldName.describe("The field that names whose date it is: all dates of one subject move alike."),
};
const DEIDENTIFY = `a rule, or { below: …, rule: … } with rule ${RULES}`;

const deidentify = z
  .union(
    [
      simpleRule,
      mapping({ below: role, rule: simpleRule.describe("hash, drop or year.") }, "rule"),
      mapping({ below: role, ...truncate }, "rule and length"),
      mapping({ below: role, ...shift }, "rule, days and subject"),
      mapping(
        {
          below: role,
          rule: z
            .union([mapping(truncate, "rule and length"), mapping(shift, "rule, days and subject")])
            .describe("A rule with settings of its own."),
        },
        "below and rule",
      ),
    ],
    { error: DEIDENTIFY },
  )
  .meta({ id: "Deidentify" });

/** What fields and JSON keys have in common. */
const anyField = {
  label,
  documentation,
  unit: filled("a unit, as m or mg/l").optional().describe("The unit of its values."),
  optional: yesOrNo.optional().describe("Left out of an export unless it is asked for."),
  hidden: yesOrNo.optional().describe("Not there for anybody."),
  labels: named(localised, "labels").describe("What its codes mean: { 1: { en: Fresh, fr: Frais } }."),
  deidentify: deidentify.optional().describe("How its values are made unrecognisable, and below which role."),
  was: filled("a former name").optional().describe("Its former name: it keeps its place and its stable id."),
};

const declaredType = choice(
  "text",
  "integer",
  "decimal",
  "float",
  "boolean",
  "date",
  "time",
  "datetime",
  "instant",
  "uuid",
  "json",
);

const key = z
  .union([declaredType, mapping({ type: declaredType.describe("The type of its values."), ...anyField }, "type")], {
    error: `a type (${declaredType.options.join(", ")}), or { type: … } with more to say`,
  })
  .meta({
    id: "Key",
    description: "A key inside of JSON: its type, or a mapping that says more. Dots go further down.",
  });

const field = mapping(
  { ...anyField, keys: named(key, "types").describe("Keys inside of its JSON that are fields: { depth: integer }.") },
  "label, optional, deidentify or other settings of a field",
).meta({ id: "Field" });

const by = fieldNames.describe("The fields that point, in the order of the key that they point at.");
const to = fieldNames.optional().describe("The fields that are pointed at, where they are not the key.");
const taken = z.literal(false).describe("Takes away what introspection found.");

const reference = z
  .union(
    [taken, mapping({ object: objectName.describe("The object type that is pointed at."), by, to }, "object and by")],
    {
      error: "false, or a mapping with object and by",
    },
  )
  .meta({ id: "Reference" });

const list = z
  .union(
    [
      taken,
      mapping({ object: objectName.describe("The object type whose records point here."), by, to }, "object and by"),
      mapping(
        {
          json: fieldName.describe("The JSON field that holds an array of documents; dots go further down."),
          fields: named(key, "types").describe("The keys of each document, as records: { seen: date }."),
          label,
        },
        "json",
      ),
    ],
    { error: "false, a mapping with object and by, or a mapping with json" },
  )
  .meta({ id: "List" });

const files = mapping(
  {
    object: objectName.describe("The object type whose records are the files."),
    by,
    store: filled("the name of a source").optional().describe("The source (dir: or s3:) that has the bytes."),
    path: fieldName.optional().describe("The field with the path in the store."),
    column: fieldName.optional().describe("The field that holds the bytes itself, instead of store and path."),
    name: fieldName.optional().describe("The field with the name that the file gets."),
    size: fieldName.optional().describe("The field that says how many bytes it has: other sizes are reported."),
  },
  "object and by",
).meta({ id: "Files" });

const object = mapping(
  {
    source: filled("the name of a source")
      .optional()
      .describe("The source that has it; needed where there are several."),
    table: filled("a table, as samples or lab.samples").optional().describe("The table, where its name is another."),
    query: filled("a SELECT statement").optional().describe("A SELECT whose rows are the records, instead of a table."),
    key: fieldNames.optional().describe("What identifies a record, where the database does not say."),
    label,
    documentation,
    title: fieldName.optional().describe("The field that names a record to people."),
    created: fieldName.optional().describe("The field that says when a record was made."),
    updated: fieldName.optional().describe("The field that says when a record last changed."),
    namespace: fieldName.optional().describe("The field that holds the key of the record's namespace."),
    state: fieldName.optional().describe("The field with the record's state; its labels go under fields."),
    owner: fieldName.optional().describe("The field with the person that a record belongs to (e-mail or id)."),
    complete: z
      .union([scalars.codes, mapping({ state: scalars.codes.describe("A state, or a list of states.") }, "state")], {
        error: "a state, a list of states, or { state: … }",
      })
      .optional()
      .describe("The states in which a run is complete: an analysis export asks for them."),
    retention: duration.optional().describe("How long archives of it are kept, instead of the org's retention."),
    fields: named(field.nullable(), "fields").describe("More about its fields."),
    references: named(reference, "references").describe("Fields that point at a record of another object type."),
    lists: named(list, "lists").describe("Records that point here, or documents inside of a JSON field."),
    files: named(files, "files").describe("Attached files, and where their bytes are."),
    policy: z
      .record(z.string(), z.unknown(), { error: "a condition, as { owner_email: $principal.email }" })
      .nullish()
      .describe("A condition (query language) that a record must fulfil to be seen; it may name $principal."),
    range: mapping(
      {
        field: fieldName.describe("The date that the range is about."),
        max: duration.optional().describe("The longest range that may be asked for (P1Y)."),
      },
      "field",
    )
      .optional()
      .describe("Makes it a realm: exports of it are asked for by a range of dates."),
    deleted: mapping(
      {
        object: objectName.describe("The object type whose records say what was deleted."),
        key: fieldNames.describe("Its fields with the key of what was deleted, in the order of that key."),
        at: fieldName.describe("Its field that says when."),
      },
      "object, key and at",
    )
      .optional()
      .describe("Where the source keeps which records were deleted."),
  },
  "table, label, fields or other settings of an object type",
).meta({ id: "Object" });

const source = mapping(
  { url: scalars.sourceUrl.describe("Where it is; ${NAME} and ${file:/path} keep its password out of the file.") },
  "url",
).meta({ id: "Source" });

const namespaces = z.union(
  [
    z.literal("api"),
    mapping(
      {
        object: objectName.describe("The object type whose records are the namespaces."),
        parent: fieldName.optional().describe("The field with the key of the namespace above."),
        name: fieldName.optional().describe("The field with its name."),
        code: fieldName.optional().describe("The field with its short name in addresses."),
      },
      "object",
    ),
  ],
  { error: "api, or a mapping with object" },
);

const DOMAINS = "a list of domains of mail addresses, as [example.org]";
const oidc = mapping(
  {
    issuer: scalars.issuer.describe("The provider: what its tokens name as issuer."),
    clientId: filled("the name that the provider knows Waybill by").describe("What the provider calls Waybill."),
    clientSecret: filled("secret text").describe("The secret that the provider gave for it, as ${NAME}."),
    name: filled("what people call the provider").optional().describe("What the button says (the issuer's host)."),
    domains: z
      .array(scalars.domain, { error: DOMAINS })
      .min(1, { error: DOMAINS })
      .describe("The domains of the mail addresses that it may speak for: nobody else comes in by it."),
  },
  "issuer, clientId, clientSecret and domains",
);

const HOSTS = "a list of hosts, as [api.example.org]";
const org = mapping(
  {
    name: localised.optional().describe("What people call it."),
    timeZone: scalars.timeZone.optional().describe("What a date without a zone means; how instants are shown (UTC)."),
    retention: duration.optional().describe("How long archives are kept (P7D)."),
    history: duration.optional().describe("How long expired exports are remembered (P1Y)."),
    quota: scalars.size.optional().describe("The most that all archives may take, as 50GB (no limit)."),
    concurrency: scalars.concurrency.optional().describe("How many exports run at once (1)."),
    window: scalars.cron.nullish().describe("A cron expression: pending exports start only then (at once)."),
    downloads: choice("owner", "administrators")
      .optional()
      .describe("Who may download an export besides administrators (owner)."),
    administrators: choice("all", "members")
      .optional()
      .describe("What administrators export: all records, or only where they are members (all)."),
    purpose: choice("required", "optional")
      .optional()
      .describe("Whether an export must say what it is for (optional)."),
    approval: mapping(
      {
        rows: scalars.positive.optional().describe("Exports of more records than this."),
        objects: oneOrMore("the name of an object type", "a list of names")
          .optional()
          .describe("Exports that show something of these object types."),
      },
      "rows or objects",
    )
      .refine(({ rows, objects }) => rows !== undefined || objects !== undefined, { error: "rows, objects or both" })
      .meta({ minProperties: 1 })
      .nullish()
      .describe("Which exports wait until a second person approves them (none)."),
    scripts: mapping(
      {
        hosts: z
          .array(scalars.host, { error: HOSTS })
          .optional()
          .describe("Hosts that scripts may reach: api.example.org, *.example.org, http://intranet:8080 (none)."),
        privateHosts: z
          .array(scalars.hostName, { error: HOSTS })
          .optional()
          .describe("Those of hosts that may be reached though their addresses are not public: names, addresses."),
      },
      "hosts or privateHosts",
    )
      .nullish()
      .describe("What scripts that run after exports may reach."),
    salt: z
      .string({ error: "secret text of 32 characters or more" })
      .min(32, { error: "secret text of 32 characters or more" })
      .optional()
      .describe("The secret that pseudonyms are made with; keep it: another one gives other pseudonyms."),
    fonts: oneOrMore("the path of a font", "a list of paths")
      .optional()
      .describe("Further fonts for PDFs of records (.ttf, .otf, .ttc), for characters that DejaVu Sans lacks."),
    translations: named(
      z.record(z.string(), z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]), {
        error: "what values become, as { 1: fresh }",
      }),
      "translations",
    ).describe("Value translations that templates may name: { status: { 1: fresh, 2: frozen } }."),
    namespaces: namespaces.optional().describe("Where namespaces come from: an object type, or the API (api)."),
    signIn: mapping({ oidc: oidc.optional().describe("An OpenID Connect provider, for single sign-on.") }, "oidc")
      .nullish()
      .describe("Ways to sign in besides a password. Whoever comes in by them is a member of the org."),
    sources: named(source, "sources").describe("Databases and stores of files, by names of your own."),
    objects: named(object.nullable(), "object types").describe("What refines the object types that are found."),
  },
  "sources, objects or other settings of an org",
).meta({ id: "Org" });

/** An org's code stands in addresses, beside these. */
const RESERVED = new Set(["api", "assets", "docs", "health", "metrics", "reset-password", "sign-in", "welcome"]);
const ORG_CODE = "a short name of letters, digits, - and _ that is not taken by Waybill itself";
const orgCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, { error: ORG_CODE })
  .refine((it) => !RESERVED.has(it.toLowerCase()), { error: ORG_CODE });

export const configSchema = mapping(
  {
    mail: mapping(
      {
        url: scalars.mailUrl.describe("The mail server: smtp://user:password@host:587."),
        from: scalars.mailAddress.describe("The sender of all mail."),
        operator: scalars.mailAddress
          .nullish()
          .describe("Who gets the details of exports that failed; nobody without it."),
      },
      "url and from",
    )
      .nullish()
      .describe("How mail is sent; none without it."),
    orgs: z
      .record(orgCode, org, { error: "orgs by their codes" })
      .refine((orgs) => Object.keys(orgs).length > 0, { error: "at least one org" })
      .meta({ minProperties: 1, description: "The organisations, by the code that stands in addresses." }),
  },
  "orgs",
);

/** A configuration that is checked by itself, before names are looked up in it. */
export type Written = z.infer<typeof configSchema>;
export type WrittenOrg = z.infer<typeof org>;
export type WrittenObject = z.infer<typeof object>;
export type WrittenField = z.infer<typeof field>;
export type WrittenKey = z.infer<typeof key>;
export type WrittenDeidentify = z.infer<typeof deidentify>;
