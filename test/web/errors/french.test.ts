// What is wrong with a field, told to somebody who reads French: the server's sentence, and what to do, both in French.
import type { Locator } from "playwright-core";
import { expect, inject, test } from "vitest";
import { visit } from "../visit.ts";
import type { Visit } from "../window.ts";

const french = (): Promise<Visit> => visit({ person: "zoe", setting: { language: "fr" } });

/** What a place says once it says a text. */
async function saidBy(place: Locator, text: string): Promise<string> {
  await place.getByText(text).first().waitFor();
  return (await place.innerText()).replaceAll("\n", " ");
}

test("a filter says at its conditions in French which value does not suit", async () => {
  const { page } = await french();
  const where = { name: { $regex: "S-(" }, quantity: { $gt: "beaucoup" } };
  await page.goto(`/wetland/records/samples?where=${encodeURIComponent(JSON.stringify(where))}`);
  await page.getByRole("button", { name: "Filtrer", exact: true }).click();
  const filter = page.getByRole("dialog", { name: "Filtre" });
  const condition = filter.getByRole("group", { name: "Condition", exact: true }).first();
  expect(await saidBy(condition, "L’expression")).toContain(
    "L’expression a une ( sans sa ) (vers le caractère 3). Les expressions peuvent contenir des caractères littéraux",
  );
  await condition.getByRole("button", { name: "Retirer la condition" }).click();
  expect(await saidBy(condition, "beaucoup")).toContain(
    '"beaucoup" ne convient pas ici. Le champ attend un nombre décimal (entre guillemets au-delà de 15 chiffres).',
  );
});

test("the template editor says in French what is wrong with a name, and what columns lack", async () => {
  const { page } = await french();
  await page.goto(`/wetland/templates/dataset/${inject("webSeeded").ids["strict-template"]}`);
  await page.getByLabel("Nom du fichier").fill("{dat}");
  const said = await saidBy(page.getByRole("main"), "Le modèle de nom");
  expect(said).toMatch(
    /Le modèle de nom contient le jeton inconnu \{dat\} au caractère 2\..*Vouliez-vous dire date\s\?/,
  );
  expect(said).toMatch(/Comment \(samples\)\s: \d+ enregistrements sans valeur\s:/);
});

test("the form of a namespace says in French what its code may be made of", async () => {
  const { page } = await french();
  await page.goto("/wetland/administration/namespaces");
  await page.getByRole("button", { name: "Nouvel espace" }).click();
  const dialog = page.getByRole("dialog", { name: "Nouvel espace" });
  await dialog.getByLabel("Nom", { exact: true }).fill("Étangs");
  await dialog.getByLabel("Code").fill("étangs d’hiver");
  await dialog.getByRole("button", { name: "Créer" }).click();
  expect(await saidBy(dialog, "Seuls sont permis")).toContain(
    "Seuls sont permis les lettres, les chiffres, les points, les traits d’union et les tirets bas.",
  );
});

test("the form of a token says in French which address is none", async () => {
  const { page } = await french();
  await page.goto("/wetland/profile");
  await page.getByRole("button", { name: "Nouveau jeton" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Nom", { exact: true }).fill("Nuit");
  await dialog.getByLabel("Adresses depuis lesquelles il peut être utilisé").fill("ici");
  await dialog.getByRole("button", { name: "Créer le jeton" }).click();
  expect(await saidBy(dialog, "ni une adresse")).toContain("«\u202Fici\u202F» n’est ni une adresse ni un réseau.");
});

test("the page of an export that failed says in French which records lack what", async () => {
  const { page } = await french();
  await page.goto(`/wetland/exports/${inject("webSeeded").ids["failed-export"]}`);
  const said = await saidBy(page.getByRole("alert"), "Des valeurs manquent");
  expect(said).toMatch(/Des valeurs manquent dans .*obligatoires? .*Complétez les enregistrements/);
  expect(said).toMatch(/\(samples\)\s: [\d\s]+ enregistrements sans valeur\s:/);
});
