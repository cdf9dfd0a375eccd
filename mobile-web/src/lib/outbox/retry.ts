/** When a thing that did not arrive is tried again: 2 s, 4 s, 8 s ... at most 60 s, each up to a fifth later. */

export interface Clock {
  now(): number;
  random(): number;
}

export const systemClock: Clock = { now: () => Date.now(), random: () => Math.random() };

const FIRST_MS = 2_000;
const LAST_MS = 60_000;

/** Milliseconds to wait after the given number of failures; spread, so that a whole team does not knock at once. */
export function delayAfter(failures: number, random: number): number {
  const plain = Math.min(LAST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(plain * (1 + random / 5));
}
