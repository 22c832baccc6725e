// A laboratory: samples with their campaigns, measures and documents.
import { flag, json, type Insert, type Row } from "./insert.ts";
import { people, type Person } from "./people.ts";
import type { Random } from "./random.ts";
import { remark } from "./remarks.ts";
import { SITES, type Site } from "./sites.ts";
import { date, DAY, HOUR, instant, localTime, seconds, YEAR } from "./times.ts";

const SAMPLES = 40_000;
const MEASURES = 20_000;
const DOCUMENTS = 1_500;
const YEARS = [2018, 2019, 2020, 2021, 2022, 2023, 2024];

const COLLECTIONS = [
  "Sediment cores",
  "Eaux de surface",
  "Zooplancton",
  "Benthic invertebrates",
  "Tejidos de peces",
  "Macrophytes",
  "Soil, 0–30 cm",
  "Environmental DNA",
] as const;
const TYPES = ["water", "sediment", "soil", "tissue", "filter", "extract"] as const;
const UNITS = { water: "mL", sediment: "g", soil: "g", tissue: "g", filter: null, extract: "µL" } as const;
const STATUSES = [
  [1, 60],
  [2, 20],
  [3, 10],
  [4, 7],
  [5, 3],
] as const;
const PARAMETERS = [
  { parameter: "pH", unit: "1", least: 4.5, most: 9.2, instrument: "Hach HQ40d" },
  { parameter: "conductivity", unit: "µS/cm", least: 40, most: 52_000, instrument: "WTW Cond 3310" },
  { parameter: "nitrate", unit: "mg/L", least: 0, most: 48, instrument: "Skalar San++" },
  { parameter: "δ15N", unit: "‰", least: -3, most: 14, instrument: "Delta V Plus" },
  { parameter: "chlorophyll a", unit: "µg/L", least: 0, most: 210, instrument: "Turner 10-AU" },
] as const;
const DOCUMENT_KINDS = [
  { name: "photo", extension: "jpg", contentType: "image/jpeg" },
  { name: "field sheet", extension: "pdf", contentType: "application/pdf" },
  { name: "chromatogram", extension: "csv", contentType: "text/csv" },
] as const;

interface Campaign {
  readonly id: number;
  readonly site: Site;
  readonly year: number;
  readonly start: number;
}

/** Fills `collections`, `campaigns`, `samples`, `measures` and `documents`. */
export function fillLab(insert: Insert, random: Random): void {
  const staff = people(random, 14);
  const campaigns = planCampaigns(random);
  insert("collections", collections(random, staff));
  insert("campaigns", campaigns.map(campaignRow));
  insert("samples", samples(random, campaigns, staff));
  insert("measures", measures(random));
  insert("documents", documents(random));
}

function* collections(random: Random, staff: readonly Person[]): Generator<Row> {
  for (const [n, name] of COLLECTIONS.entries()) {
    yield {
      id: n + 1,
      name,
      keywords: random.chance(0.7) ? random.pick(["wetland, monitoring", "LTER;core", "ADN, barcoding"]) : null,
      referent_email: random.pick(staff).email,
      public: flag(random.chance(0.5)),
      created_at: instant(seconds("2017-03-01") + n * 40 * DAY + random.integer(0, DAY)),
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
  return {
    id,
    name: `${site.code} ${year}`,
    site: site.name,
    country: site.country,
    starts_on: date(start),
    ends_on: date(start + 60 * DAY),
  };
}

function* samples(random: Random, campaigns: readonly Campaign[], staff: readonly Person[]): Generator<Row> {
  for (let uid = 1; uid <= SAMPLES; uid++) {
    const { id, site, year, start } = random.pick(campaigns);
    const type = random.pick(TYPES);
    const collected = start + random.integer(0, 60 * DAY);
    const located = random.chance(0.9);
    yield {
      uid,
      identifier: `${site.code}-${year}-${String(uid).padStart(5, "0")}`,
      uuid: random.uuid(),
      collection_id: random.integer(1, COLLECTIONS.length),
      campaign_id: random.chance(0.95) ? id : null,
      parent_uid: uid > 100 && type === "extract" && random.chance(0.3) ? random.integer(1, uid - 1) : null,
      type,
      status: random.weighted(STATUSES),
      collected_on: date(collected),
      expiration_date: random.chance(0.4) ? date(collected + random.integer(1, 10) * YEAR) : null,
      created_at: instant(collected + random.integer(HOUR, 9 * DAY)),
      quantity: random.chance(0.93) ? random.decimal(0, 500, 3) : null,
      unit: UNITS[type],
      wgs84_x: located ? random.decimal(site.longitude - 0.2, site.longitude + 0.2, 6) : null,
      wgs84_y: located ? random.decimal(site.latitude - 0.2, site.latitude + 0.2, 6) : null,
      metadata: metadata(random, staff),
      trashed: flag(random.chance(0.02)),
      comment: remark(random),
    };
  }
}

/** What the field sheet says: any key may be missing, and now and then all of it. */
function metadata(random: Random, staff: readonly Person[]): string | null {
  if (random.chance(0.03)) return null;
  const operator = random.pick(staff);
  return json({
    ...(random.chance(0.85) && { depth: random.integer(0, 40) }),
    ...(random.chance(0.9) && { operator: `${operator.first} ${operator.last}` }),
    ...(random.chance(0.5) && { colour: random.pick(["brown", "grey", "brun foncé", "pale green", null]) }),
    ...(random.chance(0.3) && { temperature: random.decimal(-1, 31, 1) }),
    ...(random.chance(0.1) && { preserved: random.chance(0.5) }),
    ...(random.chance(0.1) && { taxa: [random.pick(["Daphnia", "Asellus", "Typha"]), "Gammarus"] }),
  });
}

function* measures(random: Random): Generator<Row> {
  for (let id = 1; id <= MEASURES; id++) {
    const { parameter, unit, least, most, instrument } = random.pick(PARAMETERS);
    yield {
      id,
      sample_uid: random.integer(1, SAMPLES),
      parameter,
      value: random.chance(0.97) ? random.decimal(least, most, 2) : null,
      unit,
      measured_at: localTime(seconds("2018-04-01") + random.integer(0, 7 * YEAR)),
      instrument,
    };
  }
}

function* documents(random: Random): Generator<Row> {
  for (let id = 1; id <= DOCUMENTS; id++) {
    const { name, extension, contentType } = random.pick(DOCUMENT_KINDS);
    yield {
      id,
      uuid: random.uuid(),
      sample_uid: random.integer(1, SAMPLES),
      name: `${name} ${id}.${extension}`,
      content_type: contentType,
      byte_size: random.integer(2_000, 4_000_000),
      created_at: instant(seconds("2018-04-01") + random.integer(0, 7 * YEAR)),
    };
  }
}
