// The types of fields in words, for people.
import { type Language, languageOf } from "../lib/language.ts";
import type { FieldType } from "./types.ts";

const NAMES: Readonly<Record<Language, Readonly<Record<FieldType, string>>>> = {
  en: {
    text: "text",
    integer: "whole number",
    decimal: "decimal number",
    float: "number",
    boolean: "yes or no",
    date: "date",
    time: "time of day",
    datetime: "date and time",
    instant: "point in time",
    uuid: "UUID",
    binary: "binary (base64)",
    json: "JSON",
    array: "list (JSON)",
    any: "any",
  },
  fr: {
    text: "texte",
    integer: "nombre entier",
    decimal: "nombre décimal",
    float: "nombre",
    boolean: "oui ou non",
    date: "date",
    time: "heure",
    datetime: "date et heure",
    instant: "instant",
    uuid: "UUID",
    binary: "binaire (base64)",
    json: "JSON",
    array: "liste (JSON)",
    any: "quelconque",
  },
};

/** What a type is called in a language (a tag such as `fr` or `fr-CA`): English where it is not French. */
export function typeName(type: FieldType, language: string): string {
  return NAMES[languageOf(language)][type];
}
