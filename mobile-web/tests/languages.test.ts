import told from "../../nlp/doubts.py?raw";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemOf } from "../src/lib/api/failure";
import { dayOf, distance, localDay, moment, money, quantity, within } from "../src/lib/time/moments";
import { doubtText, lineOf } from "../src/lib/pages/report";
import { chosen, LANGUAGES, locale, speak, t, type Language, type Texts } from "../src/lib/texts";
import { de } from "../src/lib/texts/de";
import { en } from "../src/lib/texts/en";
import { es } from "../src/lib/texts/es";
import { fr } from "../src/lib/texts/fr";

const ALL: Record<Language, Texts> = { en, de, es, fr };
const OTHERS = ["de", "es", "fr"] as const;

type Leaf = string | ((...values: never[]) => string);

/** Every text by its path; `trouble.walled.0` is the first line of two. */
function leaves(texts: object, path = ""): [string, Leaf][] {
  return Object.entries(texts).flatMap(([key, value]): [string, Leaf][] =>
    typeof value === "object" ? leaves(value as object, `${path}${key}.`) : [[path + key, value as Leaf]],
  );
}

const shape = (texts: Texts): string[] => leaves(texts).map(([path, leaf]) => `${path} ${typeof leaf === "function" ? leaf.length : "text"}`).sort();

beforeEach(async () => void (await speak("en", ["en-US"])));
afterEach(async () => void (await speak("en", ["en-US"])));

test("every language that is offered has its own texts", async () => {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    expect(await speak(language, [])).toBe(language);
    expect(t).toBe(ALL[language]);
  }
});

describe.each(OTHERS)("%s", (language) => {
  const texts = ALL[language];

  test("has every text of the English ones, with as many values in it", () => {
    expect(shape(texts)).toEqual(shape(en));
  });

  test("has no empty text and no space at an end", () => {
    const poor = leaves(texts).filter(([, leaf]) => typeof leaf === "string" && (leaf === "" || leaf !== leaf.trim()));
    expect(poor).toEqual([]);
  });

  test("puts every value that it is given into the text", () => {
    const lost = leaves(texts).filter(([path, leaf]) => {
      if (typeof leaf !== "function" || path === "units") return false;
      const given = Array.from({ length: leaf.length }, (_, i) => 71 + i);
      const said = (texts: Leaf): string => (texts as (...values: number[]) => string)(...given);
      const english = leaves(en).find(([other]) => other === path)?.[1] as Leaf;
      return given.some((value) => said(english).includes(String(value)) && !said(leaf).includes(String(value)));
    });
    expect(lost).toEqual([]);
  });

  test("is another language than English", () => {
    const english = new Map(leaves(en));
    const same = leaves(texts).filter(([path, leaf]) => typeof leaf === "string" && leaf.includes(" ") && english.get(path) === leaf);
    expect(same).toEqual([]);
  });

  test("fits the five names of the bar into 360 px", () => {
    const { label: _, ...names } = texts.nav;
    expect(Object.values(names).filter((name) => name.length > 9)).toEqual([]);
  });

  test("makes no pill, which never wraps, wider than the widest English one", () => {
    const pills = ({ outbox, record, feed, states }: Texts): string[] => [
      outbox.all, outbox.some(12), outbox.going(12), outbox.stuck(12), feed.paused, ...Object.values(states), record.rough,
    ];
    const widest = Math.max(...pills(en).map((text) => text.length));
    expect(pills(texts).filter((text) => text.length > widest)).toEqual([]);
  });

  test("keeps buttons about as short as the English ones", () => {
    const pairs: [string, string][] = [
      [texts.save, en.save], [texts.again, en.again], [texts.more, en.more], [texts.reload, en.reload],
      [texts.record.pick, en.record.pick], [texts.record.allow, en.record.allow], [texts.record.keepIt, en.record.keepIt],
      [texts.record.note, en.record.note], [texts.recording.discard, en.recording.discard], [texts.outbox.now, en.outbox.now],
      [texts.outbox.asNew, en.outbox.asNew], [texts.sent.open, en.sent.open], [texts.sent.next, en.sent.next],
      [texts.sent.again, en.sent.again], [texts.visit.approve, en.visit.approve], [texts.visit.sayAgain, en.visit.sayAgain],
      [texts.people.invite, en.people.invite], [texts.people.shutOut, en.people.shutOut], [texts.jobs.open, en.jobs.open],
    ];
    expect(pairs.filter(([mine, english]) => mine.length > english.length + 8)).toEqual([]);
  });
});

test.each([
  ["en", "0 recordings on this phone", "1 recording on this phone", "2 recordings on this phone"],
  ["de", "0 Aufnahmen auf diesem Handy", "1 Aufnahme auf diesem Handy", "2 Aufnahmen auf diesem Handy"],
  ["es", "0 grabaciones en el móvil", "1 grabación en el móvil", "2 grabaciones en el móvil"],
  ["fr", "0 mémo sur ce téléphone", "1 mémo sur ce téléphone", "2 mémos sur ce téléphone"],
] as const)("%s counts none, one and two", (language, ...forms) => {
  expect([0, 1, 2].map(ALL[language].outbox.some)).toEqual(forms);
});

test.each([
  ["en", "1 hour", "2 hours", "1 day late", "2 days late", "1 visit needs a look", "20+ visits need a look"],
  ["de", "1 Stunde", "2 Stunden", "1 Tag zu spät", "2 Tage zu spät", "1 Besuch ist zu prüfen", "20+ Besuche sind zu prüfen"],
  ["es", "1 hora", "2 horas", "1 día de retraso", "2 días de retraso", "1 visita por revisar", "20+ visitas por revisar"],
  ["fr", "1 heure", "2 heures", "1 jour de retard", "2 jours de retard", "1 visite à revoir", "20+ visites à revoir"],
] as const)("%s says hours, days late and visits to review", (language, ...forms) => {
  const { record, when, review } = ALL[language];
  const said = [record.hours(1), record.hours(2), when.late(1), when.late(2), review.lead(1, false), review.lead(20, true)];
  expect(said).toEqual(forms);
  expect(review.lead(0, false)).toBe("");
  expect(ALL[language].enrol.outKept(0)).toBe("");
});

const NOW = new Date("2026-03-11T05:00:00Z");
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, " ").replaceAll("’", "'");

test.each([
  ["en-US", "Today, 2:05 PM", "Friday", "Tue, Mar 31", "Aug 4, 2027"],
  ["en-GB", "Today, 14:05", "Friday", "Tue 31 Mar", "4 Aug 2027"],
  ["de-DE", "Heute, 14:05", "Freitag", "Di., 31. März", "4. Aug. 2027"],
  ["es-ES", "Hoy, 14:05", "Viernes", "Mar, 31 mar", "4 ago 2027"],
  ["fr-FR", "Aujourd'hui, 14:05", "Vendredi", "Mar. 31 mars", "4 août 2027"],
])("%s writes days and times its own way", async (tag, today, weekday, day, year) => {
  await speak(null, [tag]);
  expect(plain(moment("2026-03-11T14:05:00Z", NOW, "UTC"))).toBe(today);
  expect(localDay("2026-03-13", NOW, "UTC")).toBe(weekday);
  expect(plain(localDay("2026-03-31", NOW, "UTC")).replace("Tue, 31", "Tue 31")).toBe(day);
  expect(plain(localDay("2027-08-04", NOW, "UTC"))).toBe(year);
});

test.each([
  ["en-US", "$12,345.50", "1,234.5", "1.2 km"],
  ["de-DE", "12.345,50 $", "1.234,5", "1,2 km"],
  ["de-CH", "$ 12'345.50", "1'234.5", "1.2 km"],
  ["es-ES", "12.345,50 US$", "1234,5", "1,2 km"],
  ["fr-FR", "12 345,50 $US", "1 234,5", "1,2 km"],
])("%s writes sums, numbers and distances its own way", async (tag, sum, number, way) => {
  await speak(null, [tag]);
  expect([money(12_345.5, "USD"), quantity(1_234.5), distance(1_234)].map(plain)).toEqual([sum, number, way]);
});

test.each([
  [null, ["de-AT", "en"], "de", "de-AT"],
  [null, ["it-IT", "FR-ca", "en-US"], "fr", "FR-ca"],
  [null, ["it-IT", "ja"], "en", "en"],
  [null, [], "en", "en"],
  ["es", ["de-DE", "es-MX"], "es", "es-MX"],
  ["fr", ["en-US"], "fr", "fr"],
] as const)("picked %s on a phone that prefers %j: %s as %s", (picked, preferred, language, written) => {
  expect(chosen(picked, preferred)).toEqual({ language, locale: written });
});

test("codes of the server are said in the chosen language, its own words stay", async () => {
  await speak("de", ["de-DE"]);
  expect(locale).toBe("de-DE");
  const promise = { action: "send the price list", owner: "us", due: null, confidence: 1, evidence: [] } as const;
  expect(lineOf("commitments", promise as never)).toEqual({ title: "Send the price list", detail: "Unsere Zusage · ohne Termin" });
  const order = { product: null, name: "oat milk", quantity: 2.5, unit: "Kiste", unit_price: null, confidence: 1, evidence: [] };
  expect(lineOf("orders", order as never).title).toBe("2,5 Kiste oat milk");
});

test("a day inside a sentence begins small where that language writes it small", async () => {
  const now = new Date("2026-03-11T12:00:00Z");
  const said = async (language: Language, written: string): Promise<string[]> => {
    await speak(language, [written]);
    return ["2026-03-11T09:30:00Z", "2026-02-20T09:30:00Z"].map((at) => within(dayOf(at, now, "UTC")));
  };
  expect(await said("en", "en-US")).toEqual(["today", "Fri, Feb 20"]);
  expect(await said("de", "de-DE")).toEqual(["heute", "Fr., 20. Feb."]);
  expect(await said("es", "es-ES")).toEqual(["hoy", "vie, 20 feb"]);
  expect(await said("fr", "fr-FR")).toEqual(["aujourd'hui", "ven. 20 févr."]);
});

test("why a visit could not be filed is said in the chosen language; a code that is new here in the server's words", async () => {
  await speak("fr", ["fr-FR"]);
  const problem = { title: "Nobody speaks in this recording.", action: "Record again, or type a note.", retryable: false };
  expect(problemOf({ ...problem, code: "no_speech" })).toEqual(["On n'entend personne dans l'enregistrement.", "Recommencez, ou écrivez une note."]);
  expect(problemOf({ ...problem, code: "brand_new" })).toEqual([problem.title, problem.action]);
});

test("a doubt is told in the reader's language, one that is not known as the server says it", async () => {
  await speak("de", ["de-DE"]);
  expect(doubtText('Order "2 cases "Pale" ale": not sure.')).toBe('Bestellung „2 cases "Pale" ale“: unsicher.');
  expect(doubtText("Customer: several fit.")).toBe("Kunde: mehrere passen.");
  expect(doubtText('Customer "Rosa\'s": not in the list yet.')).toBe("Kunde „Rosa's“: noch nicht in der Liste.");
  expect(doubtText("Something new.")).toBe("Something new.");
});

test("every doubt that the server can have has its words here", () => {
  const plain = [...told.matchAll(/"((?:Customer|Words|Report): [^"]+)"/g)].map(([, reason]) => reason);
  const named = [...told.matchAll(/f'(\w+) "/g)].map(([, kind]) => kind);
  expect([...plain, ...named].sort()).toEqual(Object.keys(en.doubts).sort());
});
