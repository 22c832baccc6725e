// The words of README.txt, in English and French.
import type { DeidentifyRule } from "../catalog/types.ts";
import { languageOf } from "../lib/language.ts";
import type { ColumnNote } from "../plan/plan.ts";

/** Everything that a README says besides names and values. */
export interface ReadmeWords {
  /** The BCP 47 tag that numbers are written for. */
  readonly locale: string;
  readonly madeBy: (program: string, time: string) => string;
  readonly asOf: (time: string) => string;
  readonly zone: (name: string) => string;
  readonly asked: string;
  readonly object: string;
  readonly where: string;
  readonly paths: string;
  readonly include: string;
  readonly expand: string;
  readonly order: string;
  readonly limit: string;
  readonly aggregate: string;
  readonly from: string;
  readonly to: string;
  readonly batch: string;
  readonly prefix: string;
  readonly search: string;
  readonly keys: string;
  readonly template: string;
  readonly version: (version: string) => string;
  readonly filterOf: (dataset: string) => string;
  readonly deidentified: Readonly<Record<DeidentifyRule["rule"], string>>;
  readonly changes: string;
  readonly change: Readonly<Record<ColumnNote["note"], (before: string) => string>>;
  readonly files: string;
  readonly rows: (count: number, shown: string) => string;
  readonly thisFile: string;
  readonly descriptor: string;
  readonly check: string;
  readonly fields: string;
  readonly sheet: (name: string) => string;
  readonly listOf: (columns: string, parent: string) => string;
  readonly nestedList: string;
  readonly problems: string;
  readonly noProblems: string;
  /** What a problem code means; the values are in the files, in the nearest form that their format has. */
  readonly problem: Readonly<Record<string, string>>;
  readonly notes: string;
  readonly conventions: readonly string[];
}

const ENGLISH: ReadmeWords = {
  locale: "en",
  madeBy: (program, time) => `Exported by ${program} on ${time}.`,
  asOf: (time) => `All data is as it was at ${time}.`,
  zone: (name) => `Points in time are shown in the time zone ${name}.`,
  asked: "What was asked for",
  object: "Object type",
  where: "Filter",
  paths: "Fields",
  include: "In addition",
  expand: "References as objects",
  order: "Order",
  limit: "At most",
  aggregate: "Groups",
  from: "From",
  to: "To",
  batch: "Batch",
  prefix: "Items of",
  search: "Searched for",
  keys: "Records named",
  template: "Template",
  version: (version) => `version ${version}`,
  filterOf: (dataset) => `Filter of ${dataset}`,
  deidentified: {
    hash: "De-identified: a pseudonym, the same for the same value",
    drop: "De-identified: left out",
    year: "De-identified: the year only",
    truncate: "De-identified: the beginning only",
    shift: "De-identified: moved by some days, by as many for all dates of a subject",
  },
  changes: "What changed since the template was made",
  change: {
    removed: () => "the field is no more; the column is empty",
    renamed: (before) => `the field was called ${before}`,
    "type-changed": (before) => `the field was ${before}`,
  },
  files: "Files",
  rows: (count, shown) => `${shown} ${count === 1 ? "row" : "rows"}`,
  thisFile: "what you are reading",
  descriptor: "the same for programs, with the size and SHA-256 hash of every file",
  check: "`waybill verify` checks an archive against datapackage.json.",
  fields: "Fields",
  sheet: (name) => `sheet "${name}"`,
  listOf: (columns, parent) => `Each row belongs to the row of ${parent} that ${columns} names.`,
  nestedList: "a list of objects",
  problems: "What the files could not hold exactly",
  noProblems: "Nothing: every value is in the files exactly.",
  problem: {
    "not-a-number": "NaN or infinite, written as text",
    "not-a-number-in-json": "NaN or infinite, written as null",
    "control-character": "contain control characters, which were replaced",
    "text-cut": "are longer than a cell may be, and were cut",
    "date-out-of-range": "are dates or times outside of what the format holds, written as text",
    "number-as-text": "are numbers with more digits than the format keeps, written as text",
    "number-rounded": "are numbers with more decimals than the column holds, rounded",
    "time-rounded": "have fractions of a second finer than the format keeps, rounded",
    "ambiguous-local-time": "are points in time whose local time occurs twice that day",
    "name-encoded": "is a name that the format cannot have, and was encoded",
    "value-left-out": "do not fit the column's type and were left out",
    "file-missing": "missing from the store; see missing-files.csv",
    "file-unreadable": "unreadable; see missing-files.csv",
    "file-changed": "changed while being read; see missing-files.csv",
    "file-size": "of another size than recorded; see missing-files.csv",
    "file-outside": "outside of the store; see missing-files.csv",
    "no-date": "are not what the date format shows, and were written as they are",
    "record-vanished": "of the batch not there any more, or not for whoever the export was made for",
  },
  notes: "How values are written",
  conventions: [
    "Text is UTF-8. A missing value is empty (null in JSON); in CSV and TSV empty text is a pair of quotes.",
    "Integers and decimals are exactly as stored. Dates are ISO 8601: 2024-05-01, 2024-05-01T12:34:56Z.",
    "Yes and no are true and false. Binary values are base64, nested values are JSON.",
  ],
};

const FRENCH: ReadmeWords = {
  locale: "fr",
  madeBy: (program, time) => `Exporté par ${program} le ${time}.`,
  asOf: (time) => `Toutes les données sont telles qu'elles étaient à ${time}.`,
  zone: (name) => `Les instants sont donnés dans le fuseau horaire ${name}.`,
  asked: "Ce qui a été demandé",
  object: "Type d'objet",
  where: "Filtre",
  paths: "Champs",
  include: "En plus",
  expand: "Références en objets",
  order: "Ordre",
  limit: "Au plus",
  aggregate: "Groupes",
  from: "Du",
  to: "Au",
  batch: "Lot",
  prefix: "Éléments de",
  search: "Recherche",
  keys: "Enregistrements désignés",
  template: "Modèle",
  version: (version) => `version ${version}`,
  filterOf: (dataset) => `Filtre de ${dataset}`,
  deidentified: {
    hash: "Désidentifié : un pseudonyme, le même pour la même valeur",
    drop: "Désidentifié : omis",
    year: "Désidentifié : l'année seulement",
    truncate: "Désidentifié : le début seulement",
    shift: "Désidentifié : déplacé de quelques jours, d'autant pour toutes les dates d'un sujet",
  },
  changes: "Ce qui a changé depuis la création du modèle",
  change: {
    removed: () => "le champ n'existe plus ; la colonne est vide",
    renamed: (before) => `le champ s'appelait ${before}`,
    "type-changed": (before) => `le champ était de type ${before}`,
  },
  files: "Fichiers",
  rows: (count, shown) => `${shown} ${count < 2 ? "ligne" : "lignes"}`,
  thisFile: "ce que vous lisez",
  descriptor: "la même chose pour les programmes, avec la taille et l'empreinte SHA-256 de chaque fichier",
  check: "`waybill verify` contrôle une archive d'après datapackage.json.",
  fields: "Champs",
  sheet: (name) => `feuille « ${name} »`,
  listOf: (columns, parent) => `Chaque ligne appartient à la ligne de ${parent} désignée par ${columns}.`,
  nestedList: "une liste d'objets",
  problems: "Ce que les fichiers n'ont pas pu contenir exactement",
  noProblems: "Rien : chaque valeur figure exactement dans les fichiers.",
  problem: {
    "not-a-number": "ne sont pas des nombres finis ; écrites en texte",
    "not-a-number-in-json": "ne sont pas des nombres finis ; écrites null",
    "control-character": "contiennent des caractères de contrôle, qui ont été remplacés",
    "text-cut": "dépassent la longueur d'une cellule et ont été coupées",
    "date-out-of-range": "sont des dates ou heures hors des limites du format, écrites en texte",
    "number-as-text": "sont des nombres de plus de chiffres que le format n'en garde, écrits en texte",
    "number-rounded": "sont des nombres de plus de décimales que la colonne n'en garde, arrondis",
    "time-rounded": "ont des fractions de seconde plus fines que le format n'en garde, arrondies",
    "ambiguous-local-time": "sont des instants dont l'heure locale revient deux fois ce jour-là",
    "name-encoded": "est un nom impossible dans ce format, qui a été encodé",
    "value-left-out": "ne conviennent pas au type de la colonne et ont été omises",
    "file-missing": "absents du dépôt ; voir missing-files.csv",
    "file-unreadable": "illisibles ; voir missing-files.csv",
    "file-changed": "modifiés pendant la lecture ; voir missing-files.csv",
    "file-size": "d'une autre taille que celle enregistrée ; voir missing-files.csv",
    "file-outside": "hors du dépôt ; voir missing-files.csv",
    "no-date": "ne sont pas ce que montre le format de date, et ont été écrites telles quelles",
    "record-vanished": "du lot n'existent plus, ou pas pour la personne à qui l'export est destiné",
  },
  notes: "Comment les valeurs sont écrites",
  conventions: [
    "Le texte est en UTF-8. Une valeur absente est vide (null en JSON) ; en CSV et TSV, un texte vide est une paire de guillemets.",
    "Entiers et décimaux sont exactement ceux de la base. Les dates suivent ISO 8601 : 2024-05-01, 2024-05-01T12:34:56Z.",
    "Oui et non s'écrivent true et false. Les valeurs binaires sont en base64, les valeurs imbriquées en JSON.",
  ],
};

/** The words for readers of a language (a BCP 47 tag); English where there are none of their own. */
export function readmeWords(language: string): ReadmeWords {
  return languageOf(language) === "fr" ? FRENCH : ENGLISH;
}
