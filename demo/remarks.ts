// What people write into comment fields: mostly plain, now and then hard on whoever exports it.
import type { Random } from "./random.ts";

const AWKWARD = [
  'The form reads "A-12", the old "A-21" is crossed out',
  "First line\nSecond line, after the storm",
  "Pasted from Windows\r\nwith its line ends",
  "=1+1",
  '=HYPERLINK("https://example.org","details")',
  "+33 6 12 34 56 78 (call before opening)",
  "-5 °C on arrival",
  "@office: please check",
  "🧊 urgent, ask 👩🏽‍🔬 or 👨‍👩‍👧",
  "semi;colon, comma,\ttab | pipe",
  "  spaces on both sides  ",
  "Cafe\u0301 with a combining accent",
  "C:\\archive\\2023\\backup",
  "راجع الملف رقم ١٢ (نسخة)",
  "ראו יומן 7, עמ׳ 3",
  "NULL",
  "0012",
  "<b>not bold</b> &amp; not an ampersand",
  "",
] as const;

/** A comment, or null: about half of the records have none, one in twelve an awkward one. */
export function remark(random: Random, plain: readonly string[]): string | null {
  if (random.chance(0.5)) return null;
  return random.pick<string>(random.chance(1 / 6) ? AWKWARD : plain);
}
