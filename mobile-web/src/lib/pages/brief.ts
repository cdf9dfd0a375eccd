/** The brief in words: what to say first, how old a word is, where it can be heard. */
import { dayOf, localDay } from "../time/moments";
import { begun } from "./report";
import { t } from "../texts";
import type { Evidence, Opening } from "../types";

const DAY_MS = 86_400_000;

/** Whole days since a moment. */
export function daysSince(iso: string, now = Date.now()): number {
  return Math.max(0, Math.floor((now - Date.parse(iso)) / DAY_MS));
}

export function openingText(opening: Opening): string {
  const about = opening.who && opening.kind === "personal" ? `${opening.who}, ${opening.text}` : opening.text;
  const what = opening.kind === "meeting" && opening.due ? localDay(opening.due) : about || dayOf(opening.at);
  return t.customer.openings[opening.kind](what);
}

export interface Heard {
  memo: string;
  start_s: number;
  end_s: number;
}

/** The first place that can be heard; null when it was typed. */
export function heardAt(evidence: readonly Evidence[]): Heard | null {
  for (const { memo, start_s, end_s } of evidence) if (start_s !== null && end_s !== null) return { memo, start_s, end_s };
  return null;
}

export const line = (...parts: (string | null | undefined | false)[]): string => parts.filter(Boolean).map(String).join(" · ");

export { begun };
