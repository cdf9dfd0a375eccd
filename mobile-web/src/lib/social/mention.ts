/** The name that is being typed behind an @, and what stands there once somebody is chosen. */

export interface Typing {
  /** Where the @ stands. */
  at: number;
  query: string;
}

const MOST = 40;

/** What stands between the last @ and the caret; null when nobody is being named. */
export function typingAt(text: string, caret: number): Typing | null {
  const at = text.lastIndexOf("@", caret - 1);
  if (at < 0 || caret - at > MOST) return null;
  if (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) return null;
  const query = text.slice(at + 1, caret);
  return /[\n@]|\s\S*\s/.test(query) || /^\s/.test(query) ? null : { at, query };
}

const plain = (name: string): string => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those of whose names a word begins so, the shortest list that a thumb can choose from. */
export function fitting<T extends { name: string }>(people: readonly T[], query: string, most = 5): T[] {
  const asked = plain(query);
  const begins = (name: string): boolean => plain(name).startsWith(asked) || plain(name).split(/\s+/).some((word) => word.startsWith(asked));
  const found = people.filter(({ name }) => begins(name) && plain(name) !== asked);
  return found.slice(0, most);
}

export function named(text: string, typing: Typing, caret: number, name: string): { text: string; caret: number } {
  const before = `${text.slice(0, typing.at)}@${name} `;
  return { text: before + text.slice(caret).replace(/^ /, ""), caret: before.length };
}

export interface Word {
  text: string;
  told: boolean;
}

/** The text in pieces, names that reached somebody apart. */
export function words(text: string, names: readonly string[]): Word[] {
  const found = names.map((name) => `@${name}`).filter((name) => name.length > 1);
  if (found.length === 0) return [{ text, told: false }];
  const escaped = found.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return text
    .split(new RegExp(`(${escaped.join("|")})`, "i"))
    .filter(Boolean)
    .map((piece) => ({ text: piece, told: found.some((name) => name.toLowerCase() === piece.toLowerCase()) }));
}
