// Labels made of names: `collected_on` is "Collected on", `SampleID` is "Sample ID".
import { printable } from "../lib/printable.ts";
import { wordsOf } from "./words.ts";

/** Words that are not written like others. */
const WRITTEN: ReadonlyMap<string, string> = new Map(
  `ID UUID GUID UID PUID URL URI IP DNA RNA GPS API HTML CSV PDF XML JSON SQL VAT IBAN BIC SIRET SIREN SSN NIR UTC HTTP
  HTTPS MAC CPU GPU RAM QR DOI ORCID ISBN ISSN SKU EAN CAS EC PCR QC NGS BMI DOB FAQ SMS CRM ERP GDPR RGPD EU UK USA UN
  OS IMDB MPAA MIME SHA256 SHA1 MD5 FTP SSH TLS TLD KPI TTC TVA HT pH IDs URLs mRNA cDNA eDNA`
    .split(/\s+/)
    .map((word) => [word.toLowerCase(), word]),
);

const LONGEST = 80;

/** What people may call something by its name alone. */
export function labelOf(name: string): string {
  const flat = printable(name.trim().replace(/\s+/g, " "));
  if (flat === "") return printable(name);
  // A name with spaces was written for people.
  const label = /\p{L}.* /u.test(flat) ? capital(flat) : fromWords(flat);
  const short = [...label].slice(0, LONGEST).join("");
  return short === label ? label : `${short.trimEnd()}…`;
}

/** The label of a table: its schema is not part of it. */
export function tableLabel(name: string, schema: string | undefined): string {
  return labelOf(schema !== undefined && name.startsWith(`${schema}.`) ? name.slice(schema.length + 1) : name);
}

function fromWords(name: string): string {
  const words = wordsOf(name);
  const mixed = /\p{Ll}/u.test(name);
  const written = words.map((word, n) => {
    const known = WRITTEN.get(word.toLowerCase());
    if (known !== undefined) return known;
    if (n > 0 && n === words.length - 1 && /^(?:no|nr)$/i.test(word)) return "no.";
    // `HTTPServer` in a name of mixed case, but not `SAMPLE_NAME`.
    const isAbbreviation = mixed && word.length > 1 && word.length <= 5 && !/\p{Ll}/u.test(word);
    const usual = isAbbreviation ? word : word.toLowerCase();
    return n === 0 ? capital(usual) : usual;
  });
  return written.length === 0 ? name : written.join(" ");
}

function capital(text: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase("en") + text.slice(first.length);
}
