// A laboratory: samples with their collections, campaigns, measures and attachments.
import { flag, type Insert, json, numbered, type Row } from "./insert.ts";
import { people, type Person } from "./people.ts";
import type { Random } from "./random.ts";
import { remark } from "./remarks.ts";
import { attachments, measures, type Taken } from "./sample-lists.ts";
import { COLLECTIONS, FIELD_NOTES, SAMPLE_TYPES, type SampleType, SITES, type Site } from "./sampling.ts";
import { date, DAY, HOUR, instant, seconds, YEAR } from "./times.ts";

const SAMPLES = 20_000;
const YEARS = [2019, 2020, 2021, 2022, 2023, 2024, 2025];
// oxfmt-ignore
const STATUSES = [[1, 60], [2, 20], [3, 10], [4, 7], [5, 3]] as const;

interface Campaign {
  readonly id: number;
  readonly site: Site;
  readonly year: number;
  readonly start: number;
}

/** Fills `collections`, `sample_types`, `campaigns`, `samples`, `measures` and `attachments`. */
export function fillSamples(insert: Insert, random: Random): void {
  const staff = people(random, 14);
  const campaigns = planCampaigns(random);
  const taken: Taken[] = [];
  insert("collections", numbered(collections(random, staff)));
  insert("sample_types", numbered(SAMPLE_TYPES.map(({ name, unit }) => ({ name, unit }))));
  insert("campaigns", campaigns.map(campaignRow));
  insert("samples", samples(random, campaigns, staff, taken));
  insert("measures", numbered(taken.flatMap((sample) => measures(random, sample))));
  insert("attachments", numbered(taken.flatMap((sample) => attachments(random, sample))));
}

function* collections(random: Random, staff: readonly Person[]): Generator<Row> {
  for (const [n, { name }] of COLLECTIONS.entries()) {
    yield {
      name,
      keywords: random.chance(0.7) ? random.pick(["wetland, monitoring", "LTER;core", "ADN, barcoding"]) : null,
      referent_email: random.pick(staff).email,
      public: flag(random.chance(0.5)),
      created_at: instant(seconds("2017-03-01") + n * 20 * DAY + random.integer(0, DAY)),
    };
  }
}

/** One campaign a site and year, oldest first. */
function planCampaigns(random: Random): Campaign[] {
  return YEARS.flatMap((year) => SITES.map((site) => ({ site, year }))).map(({ site, year }, n) => ({
    id: n + 1,
    site,
    year,
    start: seconds(`${year}-01-01`) + random.integer(60, 240) * DAY,
  }));
}

function campaignRow({ id, site, year, start }: Campaign): Row {
  const name = `${site.code} ${year}`;
  const dates = { starts_on: date(start), ends_on: date(start + 60 * DAY) };
  return { id, name, site: site.name, country: site.country, ...dates };
}

function* samples(random: Random, campaigns: readonly Campaign[], staff: readonly Person[], taken: Taken[]) {
  for (let id = 1; id <= SAMPLES; id++) {
    const { id: campaign, site, year, start } = random.pick(campaigns);
    const collection = random.integer(1, COLLECTIONS.length);
    const kind = random.pick<string>(COLLECTIONS[collection - 1]!.types);
    const typeAt = SAMPLE_TYPES.findIndex(({ name }) => name === kind);
    const type = SAMPLE_TYPES[typeAt]!;
    const at = start + random.integer(0, 60 * DAY);
    const located = random.chance(0.9);
    const extracted = kind === "extract" && id > 100 && random.chance(0.8);
    taken.push({ id, type, at });
    yield {
      id,
      uid: random.uuid(),
      name: `${site.code}-${year}-${String(id).padStart(5, "0")}`,
      collection_id: collection,
      type_id: typeAt + 1,
      campaign_id: random.chance(0.95) ? campaign : null,
      parent_id: extracted ? random.integer(1, id - 1) : null,
      status: random.weighted(STATUSES),
      collected_on: date(at),
      expires_on: random.chance(0.4) ? date(at + random.integer(1, 10) * YEAR) : null,
      created_at: instant(at + random.integer(HOUR, 9 * DAY)),
      quantity: random.chance(0.93) ? random.decimal(0, 500, 3).toFixed(3) : null,
      latitude: located ? random.decimal(site.latitude - 0.2, site.latitude + 0.2, 6) : null,
      longitude: located ? random.decimal(site.longitude - 0.2, site.longitude + 0.2, 6) : null,
      metadata: metadata(random, type, staff),
      trashed: flag(random.chance(0.02)),
      comment: remark(random, FIELD_NOTES),
    };
  }
}

/** What the field sheet says: any key may be missing or null, and now and then all of it. */
function metadata(random: Random, { deepest, methods }: SampleType, staff: readonly Person[]): string | null {
  if (random.chance(0.03)) return null;
  const { first, last } = random.pick(staff);
  return json({
    ...(random.chance(0.85) && { depth: random.chance(0.05) ? null : random.decimal(0, deepest, 1) }),
    ...(random.chance(0.9) && { operator: `${first} ${last}` }),
    ...(random.chance(0.7) && {
      method: random.pick<string>(methods),
    }),
    ...(random.chance(0.3) && {
      weather: { sky: random.pick(["clear", "rain", "brume"]), wind: random.integer(0, 12) },
    }),
    ...(random.chance(0.1) && { taxa: [random.pick(["Daphnia", "Asellus", "Typha"]), "Gammarus"] }),
  });
}
