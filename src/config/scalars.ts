// Schemas of single values. What each says as its error is what was expected, to stand after that word.
import { z } from "zod";
import {
  bytesOf,
  DURATION,
  isCron,
  isDuration,
  isHost,
  isHostName,
  isIssuer,
  isMailUrl,
  isSourceUrl,
  isTimeZone,
  LANGUAGE,
  SIZE,
} from "./values.ts";

/** Text that must pass a test. Editors check it by the pattern, which lets placeholders through. */
function text(expected: string, test: (value: string) => boolean, pattern?: RegExp) {
  const schema = z.string({ error: expected }).refine(test, { error: expected });
  return pattern === undefined ? schema : schema.meta({ pattern: `${pattern.source}|\\$\\{` });
}

/** Text that is not empty. */
export function filled(expected: string) {
  return z.string({ error: expected }).min(1, { error: expected });
}

/** Text, or a list of texts of which none comes twice. */
export function oneOrMore(one: string, more: string) {
  const expected = `${one} or ${more}`;
  const list = z
    .array(filled(one), { error: expected })
    .min(1, { error: expected })
    .refine((names) => new Set(names).size === names.length, { error: `${more} without doubles` });
  return z.union([filled(expected), list], { error: expected });
}

/** One of a few words. */
export function choice<const Names extends readonly string[]>(...names: Names) {
  return z.enum(names, { error: names.join(", ").replace(/, ([^,]*)$/, " or $1") });
}

export const yesOrNo = z.boolean({ error: "true or false" });

export const duration = text("an ISO 8601 duration, as P7D, P1Y or PT12H", isDuration, DURATION);
export const timeZone = text("a time zone of the IANA database, as Europe/Paris", isTimeZone);
export const cron = text("a cron expression, as 0 4 * * *", isCron);
export const sourceUrl = text(
  "a URL that begins with postgres://, mysql://, mariadb://, sqlite:, files:, dir: or s3://",
  isSourceUrl,
);
export const issuer = text("an https:// URL, as https://login.example.org", isIssuer);
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
export const domain = text("a domain of mail addresses, as example.org", (it) => DOMAIN.test(it), DOMAIN);
export const host = text("a host, as api.example.org, *.example.org or http://intranet:8080", isHost);
export const hostName = text("a name or an address, as intranet.example.org or 10.0.0.5", isHostName);
export const mailUrl = text("a URL as smtp://user:password@host:587 or smtps://host", isMailUrl);
export const mailAddress = text("a mail address, as exports@example.org", (it) => /^[^@\r\n]+@[^@\s]+$/.test(it));

const SIZE_WORDS = "a size, as 50GB, 500 MB or a number of bytes";
export const size = z.union(
  [
    z.int({ error: SIZE_WORDS }).min(0, { error: SIZE_WORDS }),
    text(SIZE_WORDS, (it) => bytesOf(it) !== null, SIZE),
    z.null(),
  ],
  { error: SIZE_WORDS },
);

const POSITIVE_WORDS = "a whole number from 1 up";
export const positive = z.int({ error: POSITIVE_WORDS }).min(1, { error: POSITIVE_WORDS });

const COUNT_WORDS = "a whole number from 1 to 100";
export const concurrency = z.union(
  [
    z.int({ error: COUNT_WORDS }).min(1, { error: COUNT_WORDS }).max(100, { error: COUNT_WORDS }),
    text(COUNT_WORDS, (it) => /^(?:[1-9]\d?|100)$/.test(it), /^\d+$/),
  ],
  { error: COUNT_WORDS },
);

const LANGUAGE_WORDS = "a language tag, as en or pt-BR";
const language = z.string().regex(LANGUAGE, { error: LANGUAGE_WORDS });

export const localised = z
  .union(
    [
      filled("text"),
      z
        .record(language, filled("text"), { error: "text, or a text for each language" })
        .refine((texts) => Object.keys(texts).length > 0, { error: "a text for at least one language" })
        .meta({ minProperties: 1 }),
    ],
    { error: "text, or a text for each language: { en: …, fr: … }" },
  )
  .meta({ id: "Localised", description: "Text in one language, or in several by their tags: { en: …, fr: … }." });

/** A code of a database: YAML's numbers and booleans are taken as they are written. */
const code = z.union([filled("a code"), z.number(), z.boolean()], { error: "a code (text or number)" });
const CODES = "a code or a list of codes";
export const codes = z.union([code, z.array(code, { error: CODES }).min(1, { error: CODES })], { error: CODES });
