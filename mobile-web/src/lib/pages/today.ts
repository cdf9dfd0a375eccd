/** The rep's day as this phone keeps it, so that it is there without a signal. */
import { getOrRemembered, Refused, Unreachable } from "../api/api";
import type { Pin } from "../place/map";
import { dayKey } from "../time/moments";
import { vault } from "../outbox/phone";
import { metresBetween } from "../place/places";
import type { Promise_, Today, VisitState } from "../types";
import type { KeptMemo, KeptVisit } from "../outbox/vault";

export const TODAY = "/today";
const FRESH_MS = 15 * 60_000;
const NEAR = 8;
/** Farther than this is another errand. */
const NEAR_M = 15_000;

/** Fetches the day before it is looked at, when the copy here is older than a quarter of an hour. */
export async function keepToday(): Promise<void> {
  const store = await vault();
  const known = await store.remembered(TODAY);
  if (known && Date.now() - known.at < FRESH_MS) return;
  try {
    await getOrRemembered(store, TODAY);
  } catch (error) {
    if (!(error instanceof Unreachable) && !(error instanceof Refused)) throw error;
  }
}

export interface DayStop {
  key: string;
  /** Where it is told; null for a visit that only this phone knows. */
  href: string | null;
  name: string | null;
  /** A moment, or for a meeting a local day, maybe with a time. */
  at: string;
  /** `agreed`: a meeting that lies ahead; `kept`: on this phone only. */
  state: VisitState | "agreed" | "kept";
  pin: Pin | null;
}

const pinOf = (lat: number | null, lon: number | null): Pin | null => (lat === null || lon === null ? null : { lat, lon });

/** The visits of this very day in their order, those that only this phone has too, then the meetings ahead. */
export function stopsOf(today: Today, visits: KeptVisit[], memos: KeptMemo[], day = dayKey()): DayStop[] {
  const done: DayStop[] = today.visits
    .filter((stop) => dayKey(stop.visit.at) === day)
    .map(({ visit, lat, lon }) => ({
      key: visit.id, href: `/visits/${visit.id}`, name: visit.customer_name, at: visit.at, state: visit.state, pin: pinOf(lat, lon),
    }));
  const known = new Set(done.map((stop) => stop.key));
  const waiting = new Set(memos.filter((memo) => memo.state === "kept" || memo.state === "refused").map((memo) => memo.visit));
  const here: DayStop[] = visits
    .filter((visit) => waiting.has(visit.id) && !known.has(visit.id) && dayKey(visit.at) === day)
    .map((visit) => ({
      key: visit.id, href: null, name: visit.customerName, at: visit.at, state: "kept", pin: pinOf(visit.position?.lat ?? null, visit.position?.lon ?? null),
    }));
  const been = new Set(today.visits.filter((stop) => known.has(stop.visit.id)).map((stop) => stop.visit.customer));
  const ahead: DayStop[] = today.meetings
    .filter((meeting) => meeting.at.slice(0, 10) === day && !(meeting.customer && been.has(meeting.customer)))
    .map(({ visit, customer, customer_name, at, lat, lon }) => ({
      key: `${visit}/agreed`, href: customer ? `/customers/${customer}` : `/visits/${visit}`, name: customer_name, at, state: "agreed", pin: pinOf(lat, lon),
    }));
  return [...[...done, ...here].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)), ...ahead];
}

/** What is late or due on this day, and what the days after it bring. */
export function promisesOf(today: Today, day = dayKey()): { due: Promise_[]; soon: Promise_[] } {
  const isDue = (promise: Promise_): boolean => (promise.due ?? "").slice(0, 10) <= day;
  return { due: today.promises.filter(isDue), soon: today.promises.filter((promise) => !isDue(promise)) };
}

export type Neighbour = Today["waiting"][number] & { distance_m: number };

/** Customers who wait, the nearest to this place first; worked out here, so that the place is told to nobody. */
export function nearbyOf(today: Today, place: Pin | null): Neighbour[] {
  if (!place) return [];
  return today.waiting
    .map((each) => ({ ...each, distance_m: metresBetween(place.lat, place.lon, each.lat, each.lon) }))
    .filter((each) => each.distance_m <= NEAR_M)
    .sort((a, b) => a.distance_m - b.distance_m)
    .slice(0, NEAR);
}
