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

/** A day as people type it, `2024-05-01` or `1/5/2024`. @returns it as ISO 8601; null where it is none */
export function readDay(text: string): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text);
  const european = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text.trim());
  const [year, month, day] = iso === null ? (european?.slice(1).toReversed() ?? []) : iso.slice(1);
  if (year === undefined || month === undefined || day === undefined) return null;
  const written = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(written);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== written ? null : written;
}
