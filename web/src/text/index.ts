// The app's texts: English at once, French when it is asked for. `t("exports.title")`; keys are checked by the compiler.
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { first } from "./en/first.ts";
import { SENTENCES } from "./said.ts";
import type { english } from "./en/index.ts";

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What they are called by those who speak them. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", fr: "Français" };

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof english };
  }
}

/** Starts in the language that was last used here, or that the browser prefers. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: first } },
    // React escapes.
    interpolation: { escapeValue: false },
    // Sentences come after the texts.
    react: { bindI18nStore: "added" },
  });
  await speak(remembered() ?? preferred());
}

/** Has the English texts of pages that few people see; French ones come together. */
export async function loadLaterTexts(): Promise<void> {
  const { later } = await import("./en/later.ts");
  i18next.addResourceBundle("en", "translation", later, true, true);
}

/** Changes the language of the page, and remembers it in this browser. */
export async function speak(language: Language): Promise<void> {
  if (language === "fr" && !i18next.hasResourceBundle("fr", "translation")) {
    const { french } = await import("./fr/index.ts");
    i18next.addResourceBundle("fr", "translation", french);
  }
  await i18next.changeLanguage(language);
  void loadSentences();
  document.documentElement.lang = language;
  localStorage.setItem(KEY, language);
}

/** Has the sentences of the server in the language of the page, which come apart: they are for when something is wrong. */
export async function loadSentences(): Promise<void> {
  const { language } = i18next;
  if (language === "en" || i18next.hasResourceBundle(language, SENTENCES)) return;
  // Without them the server's English stands.
  const loaded = await import("../../../src/texts/french/sentences.ts").catch(() => null);
  if (loaded !== null) i18next.addResourceBundle(language, SENTENCES, loaded.sentences);
}

const KEY = "waybill.language";

function remembered(): Language | undefined {
  const kept = localStorage.getItem(KEY);
  return LANGUAGES.find((language) => language === kept);
}

function preferred(): Language {
  const codes = navigator.languages.map((code) => code.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === codes.find((code) => code === "en" || code === "fr")) ?? "en";
}
