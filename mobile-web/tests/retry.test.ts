import { expect, test } from "vitest";
import { delayAfter } from "../src/lib/outbox/retry";

test("each failure doubles the wait, up to a minute", () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((failures) => delayAfter(failures, 0))).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000,
  ]);
});

test("chance spreads it by a fifth at most, never sooner", () => {
  expect(delayAfter(1, 1)).toBe(2_400);
  expect(delayAfter(9, 0.5)).toBe(66_000);
});
