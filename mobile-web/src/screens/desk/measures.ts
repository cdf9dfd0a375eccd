/** What the desk shows: each measure as a whole with, where there is one, the part of it that is done. */
import type { Measures, Territory } from "../../lib/types";

export const MEASURES = ["visits", "promises", "complaints", "compliments", "silent"] as const;
export type Measure = (typeof MEASURES)[number];

export interface Value {
  whole: number;
  /** Null where nothing is done or left. */
  part: number | null;
}

export function valueOf(measure: Exclude<Measure, "silent">, one: Measures): Value {
  if (measure === "promises") return { whole: one.promised, part: one.kept };
  if (measure === "complaints") return { whole: one.complaints, part: one.closed };
  return { whole: one[measure], part: null };
}

export const silentOf = (one: Territory): Value => ({ whole: one.customers, part: one.silent });

/** Values of the same step over all territories. */
export const together = (all: Value[][]): Value[] =>
  (all[0] ?? []).map((_, step) => all.map((values) => values[step] ?? { whole: 0, part: null }).reduce(plus));

export const plus = (one: Value, other: Value): Value => ({
  whole: one.whole + other.whole,
  part: one.part === null ? null : one.part + (other.part ?? 0),
});

export const NONE: Value = { whole: 0, part: null };

/** A round number at or above the largest value: the top of the scale. */
export function top(values: Value[]): number {
  const most = Math.max(1, ...values.map((value) => value.whole));
  const nought = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 4, 5, 8, 10].map((step) => step * nought).find((step) => step >= most) ?? most;
}

const DAY_MS = 86_400_000;

/** First and last day of a period that ends today, the company's. */
export const spanOf = (days: number, today: string): { from: string; to: string } => ({
  from: new Date(Date.parse(`${today}T00:00Z`) - (days - 1) * DAY_MS).toISOString().slice(0, 10),
  to: today,
});
