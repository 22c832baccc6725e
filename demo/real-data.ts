// A second database, of real data: files of the npm packages vega-datasets (BSD-3-Clause) and world-countries (ODbL).
import { readFileSync } from "node:fs";
import type { SQLInputValue } from "node:sqlite";
import { type DemoCounts, flag, json, numbered, type Row, writeDatabase } from "./insert.ts";

/** A record as its file has it. */
type Published = Readonly<Record<string, unknown>>;

// oxfmt-ignore
const COUNTRY = [
  "cca3", "cca2", "name", "capital", "region", "subregion", "independent", "unMember", "landlocked", "area",
  "latlng", "currencies", "languages", "translations", "demonyms", "tld", "flag",
];
const EARTHQUAKE = ["mag", "place", "felt", "alert", "status", "sig", "gap", "magType", "type", "url"];

/**
 * Writes the database of real data and returns how many records each table got.
 * A file of that name is replaced, and only once the new one is complete.
 */
export function loadRealData(file: string): DemoCounts {
  const countries = records(parsed(import.meta.resolve("world-countries/countries.json")));
  const earthquakes = record(vegaFile("earthquakes"))["features"];
  const schema = readFileSync(new URL("real-data.sql", import.meta.url), "utf8");
  return writeDatabase(file, schema, (insert) => {
    insert("cars", numbered(vega("cars").map(cells)));
    insert("movies", numbered(vega("movies").map(movieRow)));
    insert("penguins", numbered(vega("penguins").map(cells)));
    insert("football", vega("football").map(cells));
    insert("earthquakes", records(earthquakes).map(earthquakeRow));
    insert("countries", countries.map(countryRow));
    insert("borders", countries.flatMap(bordersOf));
  });
}

function movieRow(movie: Published): Row {
  // Some titles are numbers ("300"), which SQLite would keep as "300.0"; dates read "Jun 12 1998".
  const { Title: title, "Release Date": released } = movie;
  const date = new Date(`${String(released)} UTC`).toISOString().slice(0, 10);
  return cells({ ...movie, Title: typeof title === "number" ? `${title}` : title, "Release Date": date });
}

function earthquakeRow({ id, properties, geometry }: Published): Row {
  const { time, updated, tsunami, ...rest } = record(properties);
  return {
    ...cells({ id, ...pick(rest, EARTHQUAKE) }),
    time: instant(time),
    updated: instant(updated),
    tsunami: flag(tsunami === 1),
    geometry: json(geometry),
  };
}

function countryRow(country: Published): Row {
  return cells(pick(country, COUNTRY));
}

function bordersOf({ cca3, borders }: Published): Row[] {
  if (!Array.isArray(borders)) throw new TypeError("A country has no borders.");
  return borders.map((neighbour: unknown) => cells({ country_code: cca3, neighbour_code: neighbour }));
}

function vega(name: string): Published[] {
  return records(vegaFile(name));
}

/** The package exports code alone; its data lie beside that. */
function vegaFile(name: string): unknown {
  return parsed(new URL(`../data/${name}.json`, import.meta.resolve("vega-datasets")));
}

function parsed(url: URL | string): unknown {
  return JSON.parse(readFileSync(new URL(url), "utf8"));
}

function records(value: unknown): Published[] {
  if (!Array.isArray(value)) throw new TypeError("An array of records was expected.");
  return value.map(record);
}

function record(value: unknown): Published {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TypeError("Not a record.");
  return value as Published;
}

function pick(from: Published, names: readonly string[]): Published {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

/** Milliseconds since 1970 as an instant. */
function instant(milliseconds: unknown): string {
  return new Date(Number(milliseconds)).toISOString();
}

/** Values as SQLite takes them: what is nested as JSON text. */
function cells(published: Published): Row {
  return Object.fromEntries(Object.entries(published).map(([name, value]) => [name, cell(value)]));
}

function cell(value: unknown): SQLInputValue {
  switch (typeof value) {
    case "string":
    case "number":
      return value;
    case "boolean":
      return flag(value);
    case "undefined":
      return null;
    default:
      return value === null ? null : json(value);
  }
}
