// What people do with a page, by the mouse or by the keyboard alone: one walk goes through both.
import type { Locator, Page } from "playwright-core";

export interface Hands {
  /** Presses a button, follows a link, ticks a box. */
  press(what: Locator): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  /** One of several radio buttons. */
  choose(radio: Locator): Promise<void>;
  /** An entry of a list that a field unfolds. */
  pick(field: Locator, entry: string): Promise<void>;
}

export const BOTH = ["mouse", "keyboard"] as const;

export function handsOf(page: Page, kind: (typeof BOTH)[number]): Hands {
  return kind === "mouse" ? mouse(page) : keyboard(page);
}

function mouse(page: Page): Hands {
  return {
    press: (what) => what.click(),
    fill: (field, text) => field.fill(text),
    choose: (radio) => radio.check(),
    async pick(field, entry) {
      await field.click();
      await page.getByRole("option", { name: entry, exact: true }).click();
    },
  };
}

/** How often Tab is pressed before somebody gives up. */
const PATIENCE = 300;

function keyboard(page: Page): Hands {
  const isThere = (what: Locator): Promise<boolean> => what.evaluate((it) => it === document.activeElement);
  /** By Tab, as nobody would who could click. */
  const reach = async (what: Locator): Promise<void> => {
    await what.waitFor();
    for (let times = 0; times < PATIENCE; times++) {
      if (await isThere(what)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not lead to ${String(what)}`);
  };
  return {
    async press(what) {
      await reach(what);
      const isBox = await what.evaluate((it) => it instanceof HTMLInputElement);
      await page.keyboard.press(isBox ? "Space" : "Enter");
    },
    async fill(field, text) {
      await reach(field);
      await page.keyboard.press("Control+A");
      await page.keyboard.type(text);
    },
    async choose(radio) {
      // Tab leads to the one that is chosen, arrows to the others.
      const name = await radio.getAttribute("name");
      const chosen = page.locator(`input[type="radio"][name="${name}"]:checked`);
      await reach((await chosen.count()) === 0 ? radio : chosen);
      for (let times = 0; times < 20 && !(await radio.isChecked()); times++) await page.keyboard.press("ArrowDown");
      if (!(await radio.isChecked())) throw new Error(`arrows do not lead to ${String(radio)}`);
    },
    async pick(field, entry) {
      await reach(field);
      const option = page.getByRole("option", { name: entry, exact: true });
      if ((await option.count()) === 0) await page.keyboard.press("ArrowDown");
      await option.waitFor();
      const isMarked = (): Promise<boolean> => option.evaluate((it) => it.hasAttribute("data-combobox-selected"));
      for (let times = 0; times < 60 && !(await isMarked()); times++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
    },
  };
}
