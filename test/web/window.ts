// A window of the browser with somebody's session, in a setting, which is watched for whatever must never happen.
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Person } from "./api.ts";
import type { Seeded } from "./seed.ts";

export interface Setting {
  readonly width: 360 | 768 | 1440;
  readonly theme: "light" | "dark";
  readonly language: "en" | "fr";
}

const USUAL: Setting = { width: 1440, theme: "light", language: "en" };

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** What must not have happened so far: errors on the console, scripts that threw, the policy broken, other hosts asked. */
  readonly mishaps: readonly string[];
}

/** A window with somebody's session. Whoever opens it closes it. */
export async function openContext(
  its: Browser,
  seeded: Seeded,
  {
    person,
    setting,
    url,
  }: { readonly person: Person | null; readonly setting: Partial<Setting>; readonly url: string },
): Promise<Visit> {
  const { width, theme, language } = { ...USUAL, ...setting };
  const context = await its.newContext({
    baseURL: url,
    viewport: { width, height: width === 360 ? 740 : 900 },
    colorScheme: theme,
    locale: language === "fr" ? "fr-FR" : "en-GB",
    timezoneId: "Europe/Paris",
    reducedMotion: "reduce",
    acceptDownloads: true,
  });
  if (person !== null) {
    const host = new URL(url).hostname;
    await context.addCookies(seeded.cookies[person].map((it) => ({ ...it, domain: host, path: "/", httpOnly: true })));
  }
  const mishaps: string[] = [];
  watch(context, new URL(url).origin, mishaps);
  const page = await context.newPage();
  // A busy machine is slow.
  page.setDefaultTimeout(20_000);
  return { page, context, mishaps };
}

function watch(context: BrowserContext, origin: string, mishaps: string[]): void {
  context.on("request", (request) => {
    if (!/^(?:data|blob):/.test(request.url()) && new URL(request.url()).origin !== origin)
      mishaps.push(`another host was asked: ${request.url()}`);
  });
  // A broken policy is told there too.
  context.on("console", (message) => {
    // What the server refuses is told on the page.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      mishaps.push(`console: ${message.text()}`);
    if (message.type() === "warning" && /Content.Security.Policy/i.test(message.text()))
      mishaps.push(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => void mishaps.push(`thrown: ${error.error().stack ?? error.error().message}`));
}
