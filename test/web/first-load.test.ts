// What somebody waits for who comes for the first time: all script that the page to sign in and the first list of records load, as browsers get
// it over https: with Brotli. (Over plain HTTP they do not ask for it.)
import { expect, test } from "vitest";
import { signInAs, visit } from "./visit.ts";

/** Bytes, compressed. */
const AT_MOST = 250_000;

test("the page to sign in and the first list of records load under 250 KB of script", async () => {
  const { page } = await visit({ person: null });
  const sizeOf = async (url: string): Promise<number> => {
    const { headers } = await fetch(url, { headers: { "accept-encoding": "br" } });
    expect(headers.get("content-encoding"), url).toBe("br");
    return Number(headers.get("content-length"));
  };
  const sent = async (): Promise<{ count: number; bytes: number }> => {
    const names = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    const scripts = [...new Set(names.filter((name) => /\.js(?:\?|$)/.test(name)))];
    const sizes = await Promise.all(scripts.map(sizeOf));
    return { count: scripts.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  };
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
