// The settings that pages are looked at in, and which of them a run takes.
import type { Setting } from "./window.ts";

export const SETTINGS: readonly Setting[] = (["en", "fr"] as const).flatMap((language) =>
  (["light", "dark"] as const).flatMap((theme) =>
    ([360, 768, 1440] as const).map((width) => ({ width, theme, language })),
  ),
);

export function nameOf({ width, theme, language }: Setting): string {
  return `${language}-${theme}-${width}`;
}

/** All twelve with ALL=1; else a number of them for each thing, which turns with the seed. */
export function someSettings(index: number, count: number, seed: number): readonly Setting[] {
  if (process.env["ALL"] === "1") return SETTINGS;
  // Five has no divisor in common with twelve: all settings have their turn.
  return Array.from({ length: count }, (_, n) => SETTINGS[(seed + (index * count + n) * 5) % SETTINGS.length]!);
}

/** SEED, or another one each time; it is printed, so that what was found can be found again. */
export function seedOfRun(): number {
  return Number(process.env["SEED"] ?? Math.floor(Date.now() / 1000) % SETTINGS.length);
}
