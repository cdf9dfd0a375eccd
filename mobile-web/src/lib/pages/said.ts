/** Asking for what was said: the filters as the server takes them, and a passage in pieces with its hits. */
import type { SaidKind } from "../types";

/** Characters that the server takes. */
export const LONGEST_QUERY = 200;
export const SAID_KINDS: readonly SaidKind[] = ["complaint", "compliment", "idea", "order", "promise", "personal", "competitor"];
export const SPANS = ["week", "month", "year"] as const;
const DAYS: Record<(typeof SPANS)[number], number> = { week: 7, month: 30, year: 365 };
const DAY_MS = 86_400_000;

/** Empty: not asked for. */
export interface SaidFilters {
  kind: SaidKind | "";
  span: (typeof SPANS)[number] | "";
  rep: string;
  product: string;
  customer: string;
}

export function saidPath(query: string, filters: SaidFilters, limit: number, now = Date.now()): string {
  const asked = new URLSearchParams({ q: query, limit: String(limit) });
  for (const name of ["kind", "rep", "product", "customer"] as const) if (filters[name]) asked.set(name, filters[name]);
  // By the day, so that the same question has the same address for a while.
  if (filters.span) asked.set("since", new Date(Math.floor(now / DAY_MS - DAYS[filters.span]) * DAY_MS).toISOString());
  return `/said?${asked}`;
}

export interface Piece {
  text: string;
  hit: boolean;
}

/** Marks count characters as people do: a letter beyond the basic plane is one. */
export function pieces(text: string, marks: readonly (readonly [number, number] | readonly number[])[]): Piece[] {
  const letters = [...text];
  const found: Piece[] = [];
  let reached = 0;
  for (const [start = 0, end = 0] of marks) {
    if (start > reached) found.push({ text: letters.slice(reached, start).join(""), hit: false });
    found.push({ text: letters.slice(Math.max(start, reached), end).join(""), hit: true });
    reached = Math.max(reached, end);
  }
  if (reached < letters.length) found.push({ text: letters.slice(reached).join(""), hit: false });
  return found.filter((piece) => piece.text);
}
