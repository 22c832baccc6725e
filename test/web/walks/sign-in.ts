// The way in, by whichever hands.
import type { Page } from "playwright-core";
import { addressOf, PASSWORD, type Person } from "../api.ts";
import type { Hands } from "./hands.ts";

export async function signInWith(hands: Hands, page: Page, person: Person): Promise<void> {
  await hands.fill(page.getByLabel("E-mail address"), addressOf(person));
  await hands.fill(page.getByLabel("Password", { exact: true }), PASSWORD);
  await hands.press(page.getByRole("button", { name: "Sign in", exact: true }));
}
