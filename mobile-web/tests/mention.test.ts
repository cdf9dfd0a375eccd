import { expect, test } from "vitest";
import { fitting, named, typingAt, words } from "../src/lib/social/mention";

const people = [{ name: "Dana Whitfield" }, { name: "Otto Reyes" }, { name: "Zoë Dahl" }];

test("a name is being typed behind an @ that begins a word", () => {
  expect(typingAt("@", 1)).toEqual({ at: 0, query: "" });
  expect(typingAt("Hey @Ott", 8)).toEqual({ at: 4, query: "Ott" });
  expect(typingAt("Hey @Otto R", 11)).toEqual({ at: 4, query: "Otto R" });
  expect(typingAt("mail otto@dana", 14)).toBeNull();
  expect(typingAt("@Otto Reyes and", 15)).toBeNull();
  expect(typingAt("@ ", 2)).toBeNull();
  expect(typingAt("no name", 7)).toBeNull();
  expect(typingAt("@Otto later", 3)).toEqual({ at: 0, query: "Ot" });
});

test("people are found by any of their names, without accents", () => {
  expect(fitting(people, "zoe")).toEqual([people[2]]);
  expect(fitting(people, "d")).toEqual([people[0], people[2]]);
  expect(fitting(people, "")).toHaveLength(3);
  expect(fitting(people, "otto reyes")).toEqual([]);
});

test("the chosen name takes the place of what was typed", () => {
  const text = "Hey @ott how are you";
  expect(named(text, { at: 4, query: "ott" }, 8, "Otto Reyes")).toEqual({ text: "Hey @Otto Reyes how are you", caret: 16 });
});

test("names that reached somebody stand out", () => {
  expect(words("Hi @otto reyes!", ["Otto Reyes"])).toEqual([
    { text: "Hi ", told: false },
    { text: "@otto reyes", told: true },
    { text: "!", told: false },
  ]);
  expect(words("Hi @all", [])).toEqual([{ text: "Hi @all", told: false }]);
});
