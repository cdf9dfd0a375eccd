import { expect, test } from "vitest";
import { moved, ServerClock } from "../src/lib/time/clock";
import { bench, keepRecording, offline } from "./bench";

const TWO_DAYS = 2 * 24 * 3_600_000;

test("a phone that is two days ahead learns it from the server's date; a second is no difference", () => {
  const clock = new ServerClock();
  const now = Date.parse("2026-03-12T14:05:00Z");
  clock.heard(null, now, now);
  expect(clock.skew_ms).toBeNull();
  clock.heard("Thu, 12 Mar 2026 14:05:20 GMT", now, now);
  expect(clock.skew_ms).toBe(0);
  clock.heard("Tue, 10 Mar 2026 14:05:00 GMT", now - 400, now + 600);
  expect(clock.skew_ms).toBeCloseTo(-TWO_DAYS, -4);
});

test("a stamp is moved in its own offset", () => {
  expect(moved("2026-03-12T14:05:00-04:00", -TWO_DAYS)).toBe("2026-03-10T14:05:00-04:00");
  expect(moved("2026-03-12T01:05:00+05:30", -2 * 3_600_000)).toBe("2026-03-11T23:05:00+05:30");
  expect(moved("2026-03-12T14:05:00-04:00", 0)).toBe("2026-03-12T14:05:00-04:00");
});

test("what was stamped by a wrong clock goes at the right moment, and again the same", async () => {
  const { outbox, vault, server, parts } = await bench();
  parts.skew = async () => -TWO_DAYS;
  await keepRecording(vault, { at: "2026-03-12T14:05:30-04:00" }, { at: "2026-03-12T14:05:00-04:00" });
  server.failures.set("/visits/v1/memos", offline());
  await outbox.flush("r1");
  parts.skew = async () => -TWO_DAYS + 3_000;
  server.failures.clear();
  await outbox.flush("r1", true);
  expect(server.sent[0]?.call.json).toMatchObject({ at: "2026-03-10T14:05:00-04:00" });
  const sent = server.sent.filter((one) => one.path.includes("/memos/")).map((one) => new URLSearchParams(one.path.split("?")[1]).get("at"));
  expect(sent).toEqual(["2026-03-10T14:05:30-04:00", "2026-03-10T14:05:30-04:00"]);
});

test("what was stamped when the clock was known is left alone", async () => {
  const { outbox, vault, server, parts } = await bench();
  parts.skew = async () => -TWO_DAYS;
  await keepRecording(vault, { skew_ms: 0 }, { skew_ms: 0 });
  await outbox.flush("r1");
  expect(server.sent[0]?.call.json).toMatchObject({ at: "2026-03-10T14:05:00-04:00" });
});

test("as long as the clock cannot be asked nothing goes, and nothing is lost", async () => {
  const { outbox, vault, server, parts } = await bench();
  parts.skew = () => Promise.reject(offline());
  await keepRecording(vault);
  await outbox.flush("r1");
  expect(server.sent).toEqual([]);
  expect(await vault.memo("m1")).toMatchObject({ state: "kept", failures: 1, trouble: { code: "unreachable" } });
});
