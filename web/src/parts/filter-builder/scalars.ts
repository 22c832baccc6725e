// What people type as a value, by the field's type.

const PLAIN = /^-?\d+(?:\.\d+)?$/;

/** Numbers as numbers where JavaScript holds them; else the text, which the API reads without losing a digit. */
export function scalarOf(text: string, type: string): unknown {
  switch (type) {
    case "integer":
    case "decimal":
    case "float":
      return numberOf(text.trim().replace(",", "."));
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "json":
    case "any":
      return text === "true" ? true : text === "false" ? false : numberOf(text);
    default:
      return text;
  }
}

/** @returns the text itself where a number would be written in another way */
function numberOf(text: string): unknown {
  return PLAIN.test(text) && String(Number(text)) === text ? Number(text) : text;
}

/** `1.50` is a number, too, once it is entered completely. */
export function finished(value: unknown, type: string): unknown {
  if (typeof value !== "string" || !["integer", "decimal", "float"].includes(type)) return value;
  return PLAIN.test(value) && value.replaceAll(/\D/g, "").length <= 15 ? Number(value) : value;
}

export function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
