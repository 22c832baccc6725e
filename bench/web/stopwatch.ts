// From an interaction to the next paint, as the browser itself measures it (Event Timing, which "interaction to next paint" is made of).
import type { Page } from "playwright-core";

/** Shorter ones are not told. The specification's smallest. */
export const THRESHOLD = 16;
/** Milliseconds between interactions: somebody quick. What goes on in the background meanwhile delays the next one. */
const PAUSE = 250;

declare global {
  /** Which TypeScript does not know yet (https://w3c.github.io/event-timing/). */
  interface PerformanceObserverInit {
    durationThreshold?: number;
  }
  interface Window {
    /** The longest interaction since somebody looked, in milliseconds. */
    longest: number;
  }
}

export interface Stopwatch {
  /** Does something to the page, of which the longest interaction counts. */
  readonly time: (what: string, act: () => Promise<unknown>) => Promise<void>;
  /** Milliseconds of each time, by what was done. */
  readonly taken: ReadonlyMap<string, readonly number[]>;
}

/** @param page one that has not been anywhere yet */
export async function stopwatch(page: Page): Promise<Stopwatch> {
  const taken = new Map<string, number[]>();
  await page.addInitScript((durationThreshold) => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[])
        if (entry.interactionId > 0) window.longest = Math.max(window.longest, entry.duration);
    }).observe({ type: "event", durationThreshold });
  }, THRESHOLD);
  return {
    taken,
    async time(what, act) {
      await page.evaluate(() => (window.longest = 0));
      await act();
      // An interaction is told after the paint that follows it.
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await page.waitForTimeout(PAUSE);
      const longest = await page.evaluate(() => window.longest);
      taken.set(what, [...(taken.get(what) ?? []), longest]);
    },
  };
}
