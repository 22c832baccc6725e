// Every page of the app (web/src/routes.tsx), with who goes there. A new page needs a row: it is then visited in every setting,
// by axe-core, by the look for cut texts, and by `npm run screenshots`.
import type { Locator, Page } from "playwright-core";
import { PASSWORD } from "./api.ts";
import type { Setting } from "./window.ts";

export interface PageRow {
  /** What files of screenshots are called; unique. */
  readonly name: string;
  /** `{batch}` stands for an id of `seed.ts`. */
  readonly address: string;
  /** Nobody is signed in there. */
  readonly isPublic?: boolean;
  /** What is there when the page is; its heading, where nothing is said. */
  readonly ready?: (page: Page) => Locator;
  /** What is opened on the page, each on the page anew, by name; it leaves them open. */
  readonly opens?: Readonly<Record<string, (page: Page, words: Words) => Promise<void>>>;
}

/** A text in the setting's language. */
export type Words = (english: string, french: string) => string;

export function wordsOf({ language }: Pick<Setting, "language">): Words {
  return (english, french) => (language === "fr" ? french : english);
}

export const PAGES: readonly PageRow[] = [
  { name: "sign-in", address: "/sign-in", isPublic: true },
  { name: "welcome", address: "/welcome#0123456789abcdef", isPublic: true },
  { name: "reset-password", address: "/reset-password?token=0123456789abcdef", isPublic: true },
  { name: "invitation", address: "/wetland/invitation#0123456789abcdef", isPublic: true },
  { name: "object-types", address: "/wetland/records" },
  { name: "object-types-empty", address: "/herbarium/records" },
  {
    name: "records",
    address: `/wetland/records/samples?where=${encodeURIComponent('{"id":{"$lte":3},"$or":[{"status":1},{"quantity":{"$gt":1}}]}')}`,
    opens: {
      async filter(page, w) {
        await page.getByRole("button", { name: w("Filter", "Filtrer"), exact: true }).click();
        await page.getByRole("button", { name: w("As JSON", "En JSON") }).click();
      },
      async export(page, w) {
        await page.getByRole("button", { name: w("Export…", "Exporter…") }).click();
        await page
          .getByRole("button", { name: w("Next", "Suivant"), exact: true })
          .last()
          .click();
        await page.getByRole("listbox").nth(1).waitFor();
      },
      async columns(page, w) {
        await page.getByRole("button", { name: w("Columns", "Colonnes"), exact: true }).click();
        await page.getByRole("dialog").waitFor();
      },
      download: (page, w) => page.getByRole("button", { name: w("Download", "Télécharger"), exact: true }).click(),
      batch: (page, w) => page.getByRole("button", { name: w("Create batch", "Créer un lot") }).click(),
      async views(page, w) {
        await page.getByRole("button", { name: w("Views", "Vues"), exact: true }).click();
        await page.getByRole("button", { name: w("Save this view…", "Enregistrer cette vue…") }).click();
      },
      async identifiers(page, w) {
        await page.getByRole("button", { name: w("Select by identifiers", "Sélectionner par identifiants") }).click();
        await page.getByLabel(w("Identifiers", "Identifiants"), { exact: true }).fill("1; 99999999");
        await page.getByRole("button", { name: w("Find and select", "Trouver et sélectionner") }).click();
      },
    },
  },
  { name: "records-genomics", address: "/genomics/records/project_samples" },
  { name: "records-townhall", address: "/townhall/records/case_files" },
  { name: "records-empty", address: "/herbarium/records/specimens" },
  { name: "records-filtered", address: `/wetland/records/samples?where=${encodeURIComponent('{"status":2}')}` },
  { name: "record", address: "/wetland/records/samples/2" },
  { name: "record-genomics", address: "/genomics/records/project_samples/1" },
  { name: "record-townhall", address: "/townhall/records/case_files/100001" },
  { name: "batches", address: "/wetland/batches" },
  { name: "batches-empty", address: "/herbarium/batches" },
  { name: "batch", address: "/wetland/batches/{batch}" },
  { name: "exports", address: "/wetland/exports" },
  { name: "exports-empty", address: "/herbarium/exports" },
  { name: "export", address: "/wetland/exports/{export}" },
  { name: "export-preview", address: "/wetland/exports/{export}?tab=preview" },
  { name: "export-log", address: "/wetland/exports/{export}?tab=log" },
  { name: "export-failed", address: "/wetland/exports/{failed-export}" },
  { name: "export-files", address: "/wetland/exports/{files-export}?tab=preview" },
  { name: "export-awaits-approval", address: "/townhall/exports/{approval-export}" },
  { name: "templates", address: "/wetland/templates" },
  { name: "templates-empty", address: "/herbarium/templates" },
  {
    name: "dataset-template",
    address: "/wetland/templates/dataset/{dataset-template}",
    opens: {
      async add(page, w) {
        await page.getByRole("button", { name: w("Add columns", "Ajouter des colonnes") }).click();
        await page.getByRole("dialog").getByRole("option").nth(1).dblclick();
      },
    },
  },
  { name: "dataset-template-new", address: "/wetland/templates/dataset/new" },
  { name: "export-template", address: "/wetland/templates/export/{export-template}" },
  { name: "export-template-new", address: "/wetland/templates/export/new" },
  { name: "realms", address: "/computing/realms" },
  { name: "realms-empty", address: "/herbarium/realms" },
  { name: "queue", address: "/wetland/administration/queue" },
  { name: "usage", address: "/wetland/administration/usage" },
  {
    name: "members",
    address: "/wetland/administration/members",
    opens: {
      async invite(page, w) {
        await page.getByRole("button", { name: w("Invite", "Inviter"), exact: true }).click();
        await page.getByRole("dialog").getByRole("radio").first().waitFor();
      },
      revoke: (page, w) =>
        page
          .getByRole("button", { name: w("Take back the invitation", "Retirer l’invitation") })
          .first()
          .click(),
    },
  },
  { name: "namespaces", address: "/genomics/administration/namespaces" },
  { name: "tokens", address: "/wetland/administration/tokens" },
  {
    name: "queries",
    address: "/wetland/administration/queries",
    opens: {
      async document(page) {
        await page.getByRole("button", { name: "Nightly samples", exact: true }).click();
        await page.getByText("nodes").waitFor();
      },
      async refused(page, w) {
        await page.getByRole("button", { name: w("Register a query", "Enregistrer une requête") }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel(w("Name", "Nom")).fill("Statistics");
        await dialog.getByLabel("Document").fill("query {\n  samples(first: 10 {\n    nodes { code }\n  }\n}");
        await dialog.getByRole("button", { name: w("Register a query", "Enregistrer une requête") }).click();
        await dialog.getByText("Syntax Error").waitFor();
      },
      async registered(page, w) {
        await page.getByRole("button", { name: w("Register a query", "Enregistrer une requête") }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel(w("Name", "Nom")).fill("Weekly samples");
        await dialog.getByLabel("Document").fill("query Weekly { samples(first: 10) { nodes { code } } }");
        await dialog.getByRole("button", { name: w("Register a query", "Enregistrer une requête") }).click();
        await dialog.getByRole("status").waitFor();
      },
      delete: (page, w) =>
        page.getByRole("button", { name: w("Delete Nightly samples", "Supprimer Nightly samples") }).click(),
    },
  },
  { name: "queries-empty", address: "/herbarium/administration/queries" },
  { name: "audit", address: "/wetland/administration/audit" },
  { name: "catalog", address: "/wetland/administration/catalog" },
  { name: "settings", address: "/wetland/administration/settings" },
  {
    name: "graphql",
    address: "/wetland/graphql",
    ready: (page) => page.locator(".graphiql-query-editor .CodeMirror-line").getByText("hasNextPage"),
  },
  {
    name: "profile",
    address: "/wetland/profile",
    opens: {
      async "second-factor"(page, w) {
        await page.getByRole("button", { name: w("Set up", "Configurer") }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByLabel(w("Your password", "Votre mot de passe")).fill(PASSWORD);
        await dialog.getByRole("button", { name: w("Continue", "Continuer") }).click();
        await dialog.getByLabel(w("Key", "Clé"), { exact: true }).waitFor();
      },
    },
  },
  { name: "not-found", address: "/wetland/no-such-page" },
];

/** Goes to a page and waits until it is there, with everything that it asked for. @param ids of `seed.ts` */
export async function goTo(page: Page, row: PageRow, ids: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(row.address.replaceAll(/\{([\w-]+)\}/g, (_, name: string) => ids[name] ?? name));
  await (row.ready?.(page) ?? page.getByRole("heading", { level: 1 })).first().waitFor();
  await settled(page);
}

/** Waits until nothing is on its way and nothing moves. */
export async function settled(page: Page): Promise<void> {
  await page
    .locator('[aria-busy="true"], .mantine-Loader-root, .mantine-Skeleton-root')
    .first()
    .waitFor({ state: "detached" })
    .catch(() => {});
  await page.evaluate(() =>
    document.fonts.ready.then(() =>
      Promise.all(
        document
          .getAnimations()
          .filter((it) => it.effect?.getTiming().iterations !== Infinity)
          .map((it) => it.finished.catch(() => null)),
      ),
    ),
  );
}
