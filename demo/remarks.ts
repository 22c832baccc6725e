// What people write into comment fields: mostly plain, now and then hard on whoever exports it.
import type { Random } from "./random.ts";

const PLAIN = [
  "Échantillon prélevé près du ruisseau, eau trouble",
  "Collected after two days of rain",
  "Tapa dañada, contenido intacto",
  "Größe 3,5 mm; Ø 12 µm",
  "Niska temperatura wody, próbka powtórzona",
  "Taken from the left bank; see field book p. 12",
  "Refroidi à -5 °C à l'arrivée",
  "Duplicate of the morning's sample",
  "样品已冷冻",
  "العينة تالفة",
  "Образец без этикетки",
  "水質が濁っている",
] as const;

const AWKWARD = [
  'Label reads "A-12", the old "A-21" is crossed out',
  "First line\nSecond line, after the storm",
  "Pasted from Windows\r\nwith its line ends",
  "=SUM(A1:A9)",
  '=HYPERLINK("https://example.org","details")',
  "+33 6 12 34 56 78 (call before opening)",
  "-5 °C on arrival",
  "@lab: please check",
  "🧊 kept frozen, 🦠 suspected 👩🏽‍🔬",
  "semi;colon, comma,\ttab | pipe",
  "  spaces on both sides  ",
  "Cafe\u0301 with a combining accent",
  "C:\\field\\2023\\backup",
  "NULL",
  "0012",
  "<b>not bold</b> &amp; not an ampersand",
  "",
] as const;

/** A comment, or null: about half of the records have none, one in twelve an awkward one. */
export function remark(random: Random): string | null {
  if (random.chance(0.5)) return null;
  return random.pick(random.chance(1 / 6) ? AWKWARD : PLAIN);
}
