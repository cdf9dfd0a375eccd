/** Every word that a person reads, in the language that is chosen once at the start. English is always there. */
import { en, type Texts } from "./texts/en";

export type { Texts };

const others = {
  de: () => import("./texts/de").then((file) => file.de),
  es: () => import("./texts/es").then((file) => file.es),
  fr: () => import("./texts/fr").then((file) => file.fr),
};

export type Language = "en" | keyof typeof others;

/** Each by its own name, so that nobody is lost in a language that they cannot read. */
export const LANGUAGES: Record<Language, string> = { en: "English", de: "Deutsch", es: "Español", fr: "Français" };

const PICKED = "rounds.language";

export let t: Texts = en;
/** What dates and numbers are written by: the chosen language, with the country of the phone where it has one. */
export let locale = "en";

const isOurs = (code: string | undefined): code is Language => code !== undefined && Object.hasOwn(LANGUAGES, code);

const languageIn = (tag: string): string => tag.slice(0, 2).toLowerCase();

/** What the person picked on this phone; null when the phone decides. */
export function pickedLanguage(): Language | null {
  const picked = localStorage.getItem(PICKED) ?? undefined;
  return isOurs(picked) ? picked : null;
}

export function pickLanguage(language: Language | null): void {
  if (language) localStorage.setItem(PICKED, language);
  else localStorage.removeItem(PICKED);
}

/** The language to speak and how to write its dates, by what was picked and by what the phone prefers. */
export function chosen(picked: Language | null, preferred: readonly string[]): { language: Language; locale: string } {
  const language = picked ?? preferred.map(languageIn).find(isOurs) ?? "en";
  return { language, locale: preferred.find((tag) => languageIn(tag) === language) ?? language };
}

/** Loads the words before anything is shown. Without them the app speaks English, which is better than not at all. */
export async function speak(picked: Language | null, preferred: readonly string[]): Promise<Language> {
  let choice = chosen(picked, preferred);
  try {
    t = choice.language === "en" ? en : await others[choice.language]();
  } catch {
    choice = chosen("en", preferred);
    t = en;
  }
  locale = choice.locale;
  return choice.language;
}
