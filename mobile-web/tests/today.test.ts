import { expect, test } from "vitest";
import { fit, scaleBar, tiles } from "../src/lib/place/map";
import { nearbyOf, promisesOf, stopsOf } from "../src/lib/pages/today";
import type { Today } from "../src/lib/types";
import { memoOf, visitOf } from "./bench";

const DAY = "2026-03-10";
const BOSTON = { lat: 42.36, lon: -71.05 };

function summary(id: string, at: string, customer: string | null) {
  return {
    id, kind: "visit", state: "filed", at, updated_at: at, rep: "r1", rep_name: "Dana", customer, customer_name: customer,
    outcome: null, summary: null, doubts: [], stakes: [], comments: 0, thanks: 0, problem: null,
  } as const;
}

const stop = (id: string, at: string, customer: string | null) => ({ visit: { ...summary(id, at, customer), doubts: [], stakes: [], comments: 0, thanks: 0 }, ...BOSTON });

function dayOf(change: Partial<Today> = {}): Today {
  return { day: DAY, visits: [], meetings: [], promises: [], waiting: [], ...change };
}

const meeting = (customer: string | null, at: string) => ({ visit: "v0", customer, customer_name: customer, at, ...BOSTON });

test("the day goes on with what only this phone knows and with what was agreed", () => {
  const today = dayOf({
    visits: [stop("v1", "2026-03-10T14:00:00Z", "c1"), stop("v3", "2026-03-10T18:00:00Z", null)],
    meetings: [meeting("c1", "2026-03-10T09:00"), meeting("c2", "2026-03-10T16:00"), meeting("c3", "2026-03-11")],
  });
  const here = [visitOf({ id: "v2", at: "2026-03-10T15:00:00Z" }), visitOf({ id: "v1", at: "2026-03-10T14:00:00Z" }), visitOf({ id: "old", at: "2026-03-09T15:00:00Z" })];
  const memos = here.map((visit) => memoOf({ id: `m${visit.id}`, visit: visit.id }));
  const stops = stopsOf(today, here, memos, DAY);
  expect(stops.map(({ key, state }) => [key, state])).toEqual([["v1", "filed"], ["v2", "kept"], ["v3", "filed"], ["v0/agreed", "agreed"]]);
  expect(stops.map((each) => each.href)).toEqual(["/visits/v1", null, "/visits/v3", "/customers/c2"]);
});

test("yesterday's copy does not pass for today, but tells what was agreed for it", () => {
  const today = dayOf({ visits: [stop("v1", "2026-03-10T14:00:00Z", "c1")], meetings: [meeting("c1", "2026-03-11T09:00")] });
  expect(stopsOf(today, [], [], "2026-03-11").map((each) => each.key)).toEqual(["v0/agreed"]);
});

test("what is late or due on the day stands apart from the days after it", () => {
  const promise = (due: string) => ({ id: due, visit: "v", customer: null, customer_name: null, action: "x", owner: "us" as const, due, said_at: due, done_at: null, evidence: [], holder: null, holder_name: null });
  const { due, soon } = promisesOf(dayOf({ promises: ["2026-03-01", "2026-03-10T09:00", "2026-03-11"].map(promise) }), DAY);
  expect([due.map((each) => each.due), soon.map((each) => each.due)]).toEqual([["2026-03-01", "2026-03-10T09:00"], ["2026-03-11"]]);
});

test("who waits is told by distance, and nobody from another town", () => {
  const waiting = [0.05, 0.01, 2].map((north, index) => ({ customer: `c${index}`, name: "", address: null, lat: BOSTON.lat + north, lon: BOSTON.lon, last_at: null, promises: 1 }));
  expect(nearbyOf(dayOf({ waiting }), BOSTON).map((each) => each.customer)).toEqual(["c1", "c0"]);
  expect(nearbyOf(dayOf({ waiting }), null)).toEqual([]);
});

test("a map holds all of its places, north up, with one scale for both ways", () => {
  const pins = [BOSTON, { lat: 42.4, lon: -71.0 }, { lat: 42.3, lon: -71.2 }];
  const view = fit(pins, 320, 220, 30);
  if (!view) throw new Error("no view");
  for (const pin of pins) {
    const [x, y] = view.at(pin);
    expect(x).toBeGreaterThanOrEqual(29.9);
    expect(x).toBeLessThanOrEqual(290.1);
    expect(y).toBeGreaterThanOrEqual(29.9);
    expect(y).toBeLessThanOrEqual(190.1);
  }
  expect(view.at({ lat: 42.5, lon: -71.05 })[1]).toBeLessThan(view.at(BOSTON)[1]);
  const kilometreNorth = view.at({ lat: BOSTON.lat + 1 / 111.2, lon: BOSTON.lon });
  expect((view.at(BOSTON)[1] - kilometreNorth[1]) * view.metresPerPixel).toBeCloseTo(1000, -1);
  const bar = scaleBar(view, 96);
  expect([1, 2, 5]).toContain(Number(String(bar.metres)[0]));
  expect(bar.pixels).toBeLessThanOrEqual(96);
  expect(bar.pixels).toBeGreaterThan(96 / 2.6);
  expect(fit([], 320, 220, 30)).toBeNull();
});

test("one place alone and both sides of the date line are no trouble", () => {
  const alone = fit([BOSTON], 320, 220, 30);
  expect(alone?.at(BOSTON)).toEqual([160, 110]);
  const fiji = fit([{ lat: -17, lon: 179.9 }, { lat: -17, lon: -179.9 }], 320, 220, 30);
  expect(fiji?.metresPerPixel).toBeLessThan(100);
});

test("tiles cover the frame and are named as their source names them", () => {
  const view = fit([BOSTON, { lat: 42.4, lon: -71.0 }], 320, 220, 30);
  if (!view) throw new Error("no view");
  const found = tiles(view, "https://tiles.example/{z}/{x}/{y}.png");
  expect(Math.min(...found.map((tile) => tile.x))).toBeLessThanOrEqual(0);
  expect(Math.max(...found.map((tile) => tile.x + tile.size))).toBeGreaterThanOrEqual(320);
  expect(Math.max(...found.map((tile) => tile.y + tile.size))).toBeGreaterThanOrEqual(220);
  const zoom = Number(/example\/(\d+)\//.exec(found[0]?.href ?? "")?.[1]);
  const x = Math.floor(((BOSTON.lon + 180) / 360) * 2 ** zoom);
  expect(found.some((tile) => tile.href.includes(`/${zoom}/${x}/`))).toBe(true);
});
