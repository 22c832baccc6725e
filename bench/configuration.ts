// How long a large configuration takes to load: 300 object types and 20,000 fields, each with a label in two languages.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../src/config/read.ts";

/** A configuration as people write it, over one source. */
export function largeConfiguration(url: string, objectTypes = 300): string {
  const objects = Array.from({ length: objectTypes }, (_, object) => {
    const fields = Array.from({ length: 67 }, (__, field) => {
      return `          field_${field}: { label: { en: Measured value ${field}, fr: Valeur mesurée ${field} } }\n`;
    });
    return [
      `      object_${object}:\n        source: main\n        query: |\n          select *\n          from table_${object}\n`,
      `        key:\n          - id\n        policy:\n          { "$or": [{ owner: "$principal.email" },\n`,
      `            { "$principal.role": owner }] }\n        fields:\n`,
      ...fields,
    ].join("");
  });
  return `orgs:\n  lab:\n    sources:\n      main: { url: ${url} }\n    objects:\n${objects.join("")}`;
}

/** Milliseconds that a large configuration may take to load after the first time. */
export const LOADING_LIMIT = 1000;

interface LoadingTimes {
  readonly first: number;
  readonly after: number;
}

/** The times in words. */
export function loadingLine({ first, after }: LoadingTimes): string {
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
  return `A configuration of 300 object types and 20,100 fields loads in ${seconds(first)} the first time, and in ${seconds(after)} after it (below ${seconds(LOADING_LIMIT)}).`;
}

/** Milliseconds for the first reading, and the median of the `runs` that follow. */
export async function loadingTimes(runs: number): Promise<LoadingTimes> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-bench-config-"));
  try {
    const file = join(folder, "waybill.yaml");
    writeFileSync(file, largeConfiguration("sqlite:lab.db"));
    const times: number[] = [];
    for (let n = 0; n <= runs; n++) {
      const started = performance.now();
      await readConfig(file, { XDG_CACHE_HOME: folder });
      times.push(performance.now() - started);
    }
    const [first = NaN, ...after] = times;
    return { first, after: after.toSorted((a, b) => a - b)[Math.floor(runs / 2)]! };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
