import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Hold, HELD_MS } from "../src/lib/capture/hold";

const FINGER = { pointerId: 1, clientX: 100, clientY: 100 };

class Page extends EventTarget {
  tell(type: string, change: Partial<typeof FINGER> = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), { ...FINGER, ...change }));
  }
}

function button() {
  const [page, acts] = [new Page(), { begin: vi.fn(), end: vi.fn() }];
  return { page, acts, hold: new Hold(acts, page) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a tap begins and ends nothing", () => {
  const { page, acts, hold } = button();
  hold.down(FINGER);
  page.tell("pointerup");
  hold.click();
  vi.runAllTimers();
  expect([acts.begin.mock.calls.length, acts.end.mock.calls.length]).toEqual([1, 0]);
});

test("holding begins, letting go ends, and the click that follows is none", () => {
  const { page, acts, hold } = button();
  hold.down(FINGER);
  vi.advanceTimersByTime(HELD_MS);
  expect(acts.begin).toHaveBeenCalledOnce();
  page.tell("pointermove", { clientY: 300 });
  page.tell("pointerup", { pointerId: 2 });
  expect(acts.end).not.toHaveBeenCalled();
  page.tell("pointerup");
  hold.click();
  expect([acts.begin.mock.calls.length, acts.end.mock.calls.length]).toEqual([1, 1]);
});

test.each([["pointermove", { clientY: 130 }], ["pointercancel", {}]])("a finger that scrolls (%s) begins nothing", (type, change) => {
  const { page, acts, hold } = button();
  hold.down(FINGER);
  page.tell(type, change);
  vi.runAllTimers();
  expect(acts.begin).not.toHaveBeenCalled();
});
