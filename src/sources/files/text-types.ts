// The types of columns of text: one only where every value is the canonical text of that type (docs/types.md), as far as
// the last row, so that nothing is altered by being read.
import { type Reader, texts } from "./ask.ts";
import { unordered } from "./ordered.ts";

/** So many rows are tried for each type, before the types that fit are tried for all. */
const SAMPLE = 2_000;
/** What native types end with of numbers that are kept as text, since they differ in how many decimals they have. */
export const TEXT = " TEXT";
const MOST_DIGITS = 38;

/** A type that a column may have: when its text is that type's canonical text, and how DuckDB calls it. */
export interface Candidate {
  readonly native: string;
  readonly fits: (sql: string) => string;
}

const asWritten =
  (type: string, canonical = (sql: string) => sql) =>
  (sql: string): string =>
    `${canonical(`TRY_CAST(${sql} AS ${type})::VARCHAR`)} = ${sql}`;
/** A date begins with a year of four digits. */
const startsWithYear = (sql: string): string => `strpos(${sql}, '-') = 5`;
const withT = (sql: string): string => `replace(${sql}, ' ', 'T')`;

/** The types besides decimals, the likeliest first. */
export const CANDIDATES: readonly Candidate[] = [
  { native: "BIGINT", fits: asWritten("BIGINT") },
  { native: "BOOLEAN", fits: (sql) => `${sql} IN ('true', 'false')` },
  { native: "DATE", fits: (sql) => `length(${sql}) = 10 AND ${asWritten("DATE")(sql)}` },
  { native: "TIME", fits: asWritten("TIME") },
  {
    native: "TIMESTAMP",
    fits: (sql) => `${startsWithYear(sql)} AND length(${sql}) >= 19 AND ${asWritten("TIMESTAMP", withT)(sql)}`,
  },
  {
    native: "TIMESTAMP WITH TIME ZONE",
    fits: (sql) =>
      `${startsWithYear(sql)} AND length(${sql}) >= 20 AND ${asWritten("TIMESTAMP", (it) => `${withT(it)} || 'Z'`)(sql)}`,
  },
  {
    native: "UUID",
    fits: (sql) => `regexp_full_match(${sql}, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}')`,
  },
];

/** Exact numbers: all digits as they are, no zeros in front, no negative zero. */
const DECIMAL = "'-?(0|[1-9][0-9]*)(\\.[0-9]+)?'";
export const isDecimal = (sql: string): string =>
  `regexp_full_match(${sql}, ${DECIMAL}) AND NOT regexp_full_match(${sql}, '-[0.]+')`;

/** Whether something holds of all values of a column. What cannot be read as a type is not less than false. */
const all = (name: string, fits: string): string => `count(*) FILTER (${fits}) = count(${name})`;

export const NUMBERS: readonly Candidate[] = CANDIDATES.slice(0, 1);
export const TIMES: readonly Candidate[] = CANDIDATES.slice(2);

export interface TypesFound {
  readonly natives: string[];
  /** Whether there are missing values. */
  readonly missing: boolean[];
  readonly rows: number;
  /** Whether the first column rises from every row to the next, where that is known. */
  readonly rises: boolean | null;
}

/**
 * The types of columns c0, c1, … of a relation of text: what fits the first rows is tried on all, until all fit.
 * @param inOrder whether to ask, in the same pass, if the first column rises.
 */
export async function typesOf(
  reader: Reader,
  candidates: readonly (readonly Candidate[])[],
  from: string,
  mayBeDecimal: readonly boolean[],
  inOrder = false,
): Promise<TypesFound> {
  const names = candidates.map((_, n) => `c${n}`);
  const open = new Map(names.map((name, n) => [name, [...candidates[n]!]]));
  const natives = new Map<string, string>();
  // Of the first rows: which types fit, and whether there is anything.
  const [sample = []] = await texts(
    reader,
    `SELECT ${names
      .flatMap((name) => [
        `count(${name})`,
        ...CANDIDATES.map((it) => all(name, it.fits(name))),
        all(name, isDecimal(name)),
      ])
      .join(", ")} FROM (FROM ${from} LIMIT ${SAMPLE})`,
  );
  const step = CANDIDATES.length + 2;
  const decimals = new Set<string>();
  names.forEach((name, n) => {
    const facts = sample.slice(n * step, (n + 1) * step);
    open.set(
      name,
      candidates[n]!.filter((it) => facts[0] === "0" || facts[CANDIDATES.indexOf(it) + 1] === "true"),
    );
    if (mayBeDecimal[n] === true && (facts[0] === "0" || facts[step - 1] === "true")) decimals.add(name);
  });
  let missing: boolean[] | null = null;
  let rows = 0;
  let rises: boolean | null = null;
  // Numbers with a point are not compared before it is known how many decimals they have.
  const [first = decimals.has(names[0]!) ? undefined : "VARCHAR"] = open.get(names[0]!)!.map(({ native }) => native);
  for (;;) {
    const asked = names.filter((name) => !natives.has(name));
    if (asked.length === 0 && missing !== null) break;
    const questions = asked.flatMap((name) => {
      const [candidate] = open.get(name)!;
      if (candidate !== undefined) return [all(name, candidate.fits(name))];
      if (!decimals.has(name)) return ["NULL"];
      const point = `strpos(${name}, '.')`;
      const scale = `CASE WHEN ${point} = 0 THEN 0 ELSE strlen(${name}) - ${point} END`;
      const whole = `strlen(${name}) - ${scale}`;
      return [
        `CASE WHEN ${all(name, isDecimal(name))} THEN max(${whole}) || ' ' || min(${scale}) || ' ' || max(${scale}) END`,
      ];
    });
    // Missing values are counted once, for all columns.
    const counts = missing === null ? ["count(*)", ...names.map((name) => `count(${name})`)] : [];
    const facts = `SELECT ${[...questions, ...counts].join(", ")} FROM ${from}`;
    const isWithOrder = inOrder && missing === null && first !== undefined;
    // Side by side: an order is seen by one thread only, which does not need the other columns.
    const [answers = []] = await texts(
      reader,
      isWithOrder ? `FROM (${facts}), (${unordered(`TRY_CAST(${names[0]} AS ${first})`, ">", from)})` : facts,
    );
    // The first row has none before it.
    const stray = isWithOrder ? Number(answers.pop()) : NaN;
    if (missing === null) {
      rows = Number(answers[asked.length]);
      const its = answers.slice(asked.length + 1);
      missing = its.map((count) => Number(count) < rows);
      names.forEach((name, n) => {
        if (its[n] === "0") natives.set(name, "VARCHAR");
      });
    }
    asked.forEach((name, n) => {
      if (natives.has(name)) return;
      const left = open.get(name)!;
      const [candidate] = left;
      const [whole, leastScale, mostScale] = answers[n]?.split(" ").map(Number) ?? [];
      if (candidate === undefined && whole === undefined) natives.set(name, "VARCHAR");
      else if (candidate === undefined) {
        natives.set(name, decimalNative({ whole: whole!, leastScale: leastScale!, mostScale: mostScale! }));
      } else if (answers[n] === "true") natives.set(name, candidate.native);
      else left.shift();
    });
    if (isWithOrder && natives.get(names[0]!) === first) rises = stray <= 1;
  }
  return { natives: names.map((name) => natives.get(name)!), missing, rows, rises };
}

/** What exact numbers have in common. */
export interface DecimalFacts {
  /** The most characters before the point, with sign and point. */
  readonly whole: number;
  /** The fewest and the most decimals. */
  readonly leastScale: number;
  readonly mostScale: number;
}

/** The type of a column of exact numbers. */
export function decimalNative({ whole, leastScale, mostScale }: DecimalFacts): string {
  if (whole + mostScale > MOST_DIGITS) return "VARCHAR";
  const native = `DECIMAL(${MOST_DIGITS},${mostScale})`;
  return leastScale === mostScale ? `DECIMAL(${Math.max(whole + mostScale, 1)},${mostScale})` : native + TEXT;
}

/** Names that are neither empty nor taken; DuckDB does not tell capitals from small letters. */
export function unique(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((name, n) => {
    const wanted = name === "" ? `column_${n + 1}` : name;
    let free = wanted;
    for (let k = 2; taken.has(free.toLowerCase()); k++) free = `${wanted}_${k}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
