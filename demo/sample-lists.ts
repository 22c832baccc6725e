// What belongs to a sample: its measures and attachments.
import type { Row } from "./insert.ts";
import type { Random } from "./random.ts";
import { ATTACHMENTS, MEASURES, type SampleType } from "./sampling.ts";
import { DAY, HOUR, instant, localTime } from "./times.ts";

// oxfmt-ignore
const MEASURES_OF_A_SAMPLE = [[0, 30], [1, 25], [2, 20], [3, 15], [4, 10]] as const;

/** A sample's key, its kind, and when it was taken. */
export interface Taken {
  readonly id: number;
  readonly type: SampleType;
  readonly at: number;
}

/** What was measured on a sample: what suits its kind, now and then without a value. */
export function measures(random: Random, { id, type, at }: Taken): Row[] {
  const suited = MEASURES.filter(({ of }) => of.split(" ").includes(type.name));
  return Array.from({ length: random.weighted(MEASURES_OF_A_SAMPLE) }, () => {
    const { name, unit, least, most, digits, instrument } = random.pick(suited);
    const value = random.chance(0.97) ? random.decimal(least, most, digits).toFixed(digits) : null;
    return {
      sample_id: id,
      name,
      value,
      unit,
      measured_at: localTime(at + random.integer(HOUR, 90 * DAY)),
      instrument,
    };
  });
}

/** The files that one sample in ten has. */
export function attachments(random: Random, { id, at }: Taken): Row[] {
  if (random.chance(0.9)) return [];
  const { name, extension, type } = random.pick(ATTACHMENTS);
  return [
    {
      uuid: random.uuid(),
      sample_id: id,
      name: `${name} ${id}.${extension}`,
      content_type: type,
      byte_size: random.integer(2_000, 4_000_000),
      sha256: Buffer.from(random.hex(64), "hex"),
      created_at: instant(at + random.integer(HOUR, 30 * DAY)),
    },
  ];
}
