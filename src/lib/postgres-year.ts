// Times as PostgreSQL reads them, of its own databases and of the control database.

/** PostgreSQL writes years before 1 with BC and none with a sign: `-0043-03-15` is `0044-03-15 BC`. */
export function postgresYear(text: string): string {
  const [, sign, digits = "", rest = ""] = /^([+-]?)(\d{4,6})(.*)$/.exec(text) ?? [];
  if (sign === undefined || (sign === "" && digits !== "0000")) return text;
  if (sign === "+") return `${digits}${rest}`;
  return `${String(Number(digits) + 1).padStart(4, "0")}${rest} BC`;
}
