// The people of the demo: names from many countries, at addresses that cannot exist (RFC 2606).
import type { Random } from "./random.ts";

export interface Person {
  readonly first: string;
  readonly last: string;
  readonly email: string;
}

// oxfmt-ignore
const FIRST = [
  "Aïcha", "Amélie", "Ana", "Björn", "Chiara", "Chloé", "Dmitri", "Élodie", "Fatou", "François", "Giulia", "Hana",
  "Håkon", "Ines", "Jakub", "João", "José María", "Kwame", "Laila", "Léa", "Lucía", "Łukasz", "Mai", "Maëlle", "Marta",
  "Mehmet", "Minh", "Nadia", "Noémie", "Olga", "Øyvind", "Priya", "Rahul", "Samira", "Seán", "Siobhán", "Søren",
  "Tomás", "Wei", "Yuki", "Zoë", "Zsófia",
];
// oxfmt-ignore
const LAST = [
  "Abebe", "Almeida", "Andersson", "Benali", "Bianchi", "Castaño", "Dubois", "Diallo", "Eriksen", "Fernández",
  "García Márquez", "Gupta", "Haddad", "Horváth", "Ito", "Jansen", "Kowalski", "Lefèvre", "Le Gall", "Lindqvist",
  "MacDonald", "Mbeki", "Müller", "Nguyễn", "Novák", "O’Brien", "Okafor", "Öztürk", "Papadopoulos", "Petrović",
  "Rossi", "Sæther", "Santos", "Sato", "Schröder", "Şahin", "Silva", "Tanaka", "van den Berg", "Wójcik", "Yılmaz",
  "Zhang",
];
const DOMAINS = ["example.org", "example.net", "example.com", "mail.example", "univ.example"];

/** Letters that do not come apart into a plain letter and an accent. */
const PLAIN: Readonly<Record<string, string>> = { æ: "ae", ø: "o", ł: "l", ı: "i", đ: "d", ß: "ss" };

/** Somebody, and an address made from the name. */
export function person(random: Random): Person {
  const first = random.pick(FIRST);
  const last = random.pick(LAST);
  return { first, last, email: `${plain(first)}.${plain(last)}@${random.pick(DOMAINS)}` };
}

/** So many people. */
export function people(random: Random, count: number): Person[] {
  return Array.from({ length: count }, () => person(random));
}

/** A text in lower-case ASCII letters and digits, with hyphens between its words. */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[æøłıđß]/g, (letter) => PLAIN[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[’']/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
