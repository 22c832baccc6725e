// What somebody waits for who comes for the first time: all script that the page to sign in and the first list of records load, as it was sent.
import { expect, test } from "vitest";
import { signInAs, visit } from "./visit.ts";

/** Bytes, compressed. */
const AT_MOST = 250_000;

test("the page to sign in and the first list of records load under 250 KB of script", async () => {
  const { page } = await visit({ person: null });
  const sent = (): Promise<{ count: number; bytes: number }> =>
    page.evaluate(() => {
      const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      const scripts = entries.filter(({ name }) => /\.js(?:\?|$)/.test(name));
      return { count: scripts.length, bytes: scripts.reduce((sum, it) => sum + it.encodedBodySize, 0) };
    });
  await page.goto("/sign-in?next=%2Fwetland%2Frecords%2Fsamples");
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  const signIn = await sent();
  await signInAs(page, "ada");
  await page.getByRole("heading", { level: 1 }).getByText("Samples").waitFor();
  await page.getByRole("table").waitFor();
  const records = await sent();
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} KB`;
  process.stderr.write(
    `First load: ${kilobytes(signIn.bytes)} of script in ${signIn.count} files to sign in, ` +
      `${kilobytes(records.bytes)} in ${records.count} files with the first list of records\n`,
  );
  expect(signIn.bytes).toBeGreaterThan(50_000);
  expect(records.bytes).toBeLessThan(AT_MOST);
});
