// High-performance computing: three years of jobs on three clusters.
import type { Insert, Row } from "./insert.ts";
import { people, plain } from "./people.ts";
import type { Random } from "./random.ts";
import { DAY, HOUR, instant, seconds } from "./times.ts";

const JOBS = 20_000;
const FROM = seconds("2022-01-01");
const UNTIL = seconds("2025-01-01");

const RESOURCES = [
  [{ name: "mistral", coresPerNode: 48 }, 5],
  [{ name: "tramontane", coresPerNode: 128 }, 3],
  [{ name: "sirocco-gpu", coresPerNode: 64 }, 1],
] as const;
const QUEUES = [
  [{ name: "short", hours: 2 }, 5],
  [{ name: "normal", hours: 24 }, 4],
  [{ name: "long", hours: 168 }, 1],
] as const;
const EXIT_CODES = [
  [0, 90],
  [1, 5],
  [137, 2],
  [143, 2],
  [-1, 1],
] as const;

/** Fills `jobs`, in the order in which they ended. */
export function fillHpc(insert: Insert, random: Random): void {
  insert("jobs", jobs(random));
}

function* jobs(random: Random): Generator<Row> {
  const groups = people(random, 12).map((lead) => ({ lead, users: people(random, 6) }));
  const step = (UNTIL - FROM) / JOBS;
  for (let n = 0; n < JOBS; n++) {
    const group = random.pick(groups);
    const user = random.pick(group.users);
    const resource = random.weighted(RESOURCES);
    const queue = random.weighted(QUEUES);
    const nodes = random.chance(0.7) ? 1 : 2 ** random.integer(1, 5);
    const cores = nodes > 1 ? nodes * resource.coresPerNode : random.integer(1, resource.coresPerNode);
    // Multiplied chances make many short jobs and few long ones.
    const wall = Math.floor(random.next() * random.next() * queue.hours * HOUR);
    const end = Math.floor(FROM + (n + random.next()) * step);
    const wait = Math.floor(random.next() * random.next() * random.next() * 2 * DAY);
    yield {
      job_id: 1_000_001 + n,
      resource: resource.name,
      queue: queue.name,
      username: plain(user.last).replaceAll("-", "").slice(0, 8),
      pi: `${group.lead.first} ${group.lead.last}`,
      submit_at: instant(end - wall - wait),
      start_at: instant(end - wall),
      end_at: instant(end),
      nodes,
      cores,
      wall_seconds: wall,
      cpu_hours: ((wall * cores) / HOUR).toFixed(4),
      exit_code: random.weighted(EXIT_CODES),
    };
  }
}
