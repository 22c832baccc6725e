// Every page in some of the settings, in all of them with ALL=1: nothing for axe-core to find, no text cut or covered, no error on the console.
import { readFileSync } from "node:fs";
import { afterAll, expect, inject, test } from "vitest";
import { theBrowser } from "./visit.ts";
import { openContext } from "./window.ts";
import { axeFindings, drawingFaults } from "./looks.ts";
import { goTo, PAGES, wordsOf } from "./pages.ts";
import { nameOf, seedOfRun, someSettings } from "./settings.ts";

/** How many settings each page is seen in, in a run that does not see all. */
const EACH = 1;
const seed = seedOfRun();

afterAll(() => void process.stderr.write(`Settings of pages: SEED=${seed}; all of them: ALL=1 npm run test:web\n`));

const only = process.env["PAGE"];
const rows = PAGES.filter(({ name }) => only === undefined || name === only);
const cases = rows.flatMap((row, n) =>
  someSettings(n, EACH, seed).map((setting) => ({ row, setting, label: `${row.name}, ${nameOf(setting)}` })),
);

test.concurrent.for(cases)("$label", async ({ row, setting }) => {
  const { cookies, ids } = inject("webSeeded");
  const person = row.isPublic === true ? null : setting.language === "fr" ? "zoe" : "ada";
  const { page, context, mishaps } = await openContext(
    await theBrowser(),
    { cookies, ids },
    { person, setting, url: inject("webUrl") },
  );
  try {
    const found: Record<string, string[]> = {};
    const look = async (what: string): Promise<void> => {
      const faults = [...(await axeFindings(page)), ...(await drawingFaults(page))];
      if (faults.length > 0) found[what] = faults;
    };
    await goTo(page, row, ids);
    await look("page");
    for (const [name, open] of Object.entries(row.opens ?? {})) {
      await goTo(page, row, ids);
      await open(page, wordsOf(setting));
      await look(name);
    }
    expect(found).toEqual({});
    expect(mishaps).toEqual([]);
  } finally {
    await context.close();
  }
});

test("every page of routes.tsx has a row", () => {
  const text = readFileSync(new URL("../../web/src/routes.tsx", import.meta.url), "utf8");
  const paths = [...text.matchAll(/[pP]age\("([^"]+)"/g)].map(([, path]) => path!);
  const known = PAGES.map(({ address }) => address.split(/[?#]/, 1)[0]!.split("/").slice(1));
  const missing = paths.filter((path) => {
    const isSection = path.endsWith("/*");
    const parts = (isSection ? `${path.slice(0, -1)}:section` : path).split("/");
    const shapes = [parts, [":org", ...parts]];
    const fits = (its: readonly string[], shape: readonly string[]): boolean =>
      shape.length === its.length && shape.every((part, n) => part.startsWith(":") || part === its[n]);
    return !known.some((its) => shapes.some((shape) => fits(its, shape)));
  });
  expect(missing).toEqual([]);
});
