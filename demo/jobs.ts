// High-performance computing: three clusters, the groups that use them, and their jobs from 2023 to 2025.
import { flag, type Insert, numbered, type Row } from "./insert.ts";
import { people, plain } from "./people.ts";
import type { Random } from "./random.ts";
import { DAY, HOUR, instant, seconds } from "./times.ts";

const JOBS = 15_000;
const GROUPS = 12;
const GROUP_SIZE = 7;
const FROM = seconds("2023-01-01");
const UNTIL = seconds("2026-01-01");

const RESOURCES = [
  { name: "mistral", organization: "Mésocentre Méditerranée", cores: 48, since: "2019-05-06", weight: 5 },
  { name: "tramontane", organization: "Mésocentre Méditerranée", cores: 128, since: "2022-10-17", weight: 3 },
  { name: "sirocco-gpu", organization: "Centro Nacional de Cálculo", cores: 64, since: "2021-02-01", weight: 1 },
] as const;
const QUEUES: readonly (readonly [{ name: string; hours: number }, number])[] = [
  [{ name: "short", hours: 2 }, 5],
  [{ name: "normal", hours: 24 }, 4],
  [{ name: "long", hours: 168 }, 1],
];
const EXITS: readonly (readonly [{ state: string; code: number }, number])[] = [
  [{ state: "COMPLETED", code: 0 }, 90],
  [{ state: "FAILED", code: 1 }, 5],
  [{ state: "OUT_OF_MEMORY", code: 137 }, 2],
  [{ state: "TIMEOUT", code: 143 }, 2],
  [{ state: "CANCELLED", code: -1 }, 1],
];

/** Fills `resources`, `users` and `jobs`, the latter in the order in which they ended. */
export function fillJobs(insert: Insert, random: Random): void {
  insert(
    "resources",
    numbered(
      RESOURCES.map(({ name, organization, cores, since }) => ({
        name,
        organization,
        cores_per_node: cores,
        in_service_since: since,
      })),
    ),
  );
  insert("users", numbered(users(random)));
  insert("jobs", jobs(random));
}

/** The first of each group is its principal investigator, whom the others point to. */
function* users(random: Random): Generator<Row> {
  for (const [n, { first, last, email }] of people(random, GROUPS * GROUP_SIZE).entries()) {
    yield {
      username: `${plain(last).replaceAll("-", "").slice(0, 6)}${n + 1}`,
      full_name: `${first} ${last}`,
      email,
      investigator_id: n % GROUP_SIZE === 0 ? null : n - (n % GROUP_SIZE) + 1,
      active: flag(random.chance(0.9)),
    };
  }
}

function* jobs(random: Random): Generator<Row> {
  const choices = RESOURCES.map((resource, n) => [{ id: n + 1, cores: resource.cores }, resource.weight] as const);
  for (let n = 0; n < JOBS; n++) {
    const resource = random.weighted(choices);
    const queue = random.weighted(QUEUES);
    const exit = random.weighted(EXITS);
    const nodes = random.chance(0.7) ? 1 : 2 ** random.integer(1, 5);
    const cores = nodes > 1 ? nodes * resource.cores : random.integer(1, resource.cores);
    // Multiplied chances make many short jobs and few long ones; a job that timed out used all of its time.
    const part = exit.state === "TIMEOUT" ? 1 : random.next() * random.next();
    const wall = Math.floor(part * queue.hours * HOUR);
    // The exponent makes the clusters busier every year.
    const end = Math.floor(FROM + ((n + random.next()) / JOBS) ** 0.8 * (UNTIL - FROM));
    const wait = Math.floor(random.next() * random.next() * random.next() * 2 * DAY);
    yield {
      id: 1_000_001 + n,
      resource_id: resource.id,
      user_id: random.integer(1, GROUPS * GROUP_SIZE),
      queue: queue.name,
      submitted_at: instant(end - wall - wait),
      started_at: instant(end - wall),
      ended_at: instant(end),
      nodes,
      cores,
      wall_seconds: wall,
      cpu_hours: Math.round((wall * cores * 1e4) / HOUR) / 1e4,
      exit_state: exit.state,
      exit_code: exit.code,
    };
  }
}
