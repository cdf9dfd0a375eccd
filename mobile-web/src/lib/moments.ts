/** Dates, amounts and distances in the reader's way. `due` and `next_meeting` are local and carry no zone. */
import { t } from "./texts";

const DAY_MS = 86_400_000;

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: "long" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

/** Whole calendar days from now to then. */
function daysAway(then: Date, now: Date): number {
  const midnight = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(then) - midnight(now)) / DAY_MS);
}

function dayName(then: Date, now: Date): string {
  const away = daysAway(then, now);
  if (away === 0) return t.when.today;
  if (away === -1) return t.when.yesterday;
  if (away === 1) return t.when.tomorrow;
  if (away > 1 && away < 7) return weekday.format(then);
  return Math.abs(away) < 300 ? day.format(then) : dayAndYear.format(then);
}

/** A moment, such as 'Today, 2:05 PM'. */
export function moment(iso: string, now = new Date()): string {
  const then = new Date(iso);
  return `${dayName(then, now)}, ${clock.format(then)}`;
}

export function timeOfDay(iso: string): string {
  return clock.format(new Date(iso));
}

/** A local day, maybe with a time: 'Friday', 'Fri, Mar 13, 10:30 AM'. */
export function localDay(local: string, now = new Date()): string {
  const [date = "", time] = local.split("T");
  const [year = 0, month = 1, dayOfMonth = 1] = date.split("-").map(Number);
  const [hour = 0, minute = 0] = (time ?? "0:0").split(":").map(Number);
  const then = new Date(year, month - 1, dayOfMonth, hour, minute);
  return time ? `${dayName(then, now)}, ${clock.format(then)}` : dayName(then, now);
}

/** How many days a local due date is past; 0 when it is not. */
export function daysLate(local: string, now = new Date()): number {
  const [year = 0, month = 1, dayOfMonth = 1] = (local.split("T")[0] ?? "").split("-").map(Number);
  return Math.max(0, -daysAway(new Date(year, month - 1, dayOfMonth), now));
}

/** Seconds as 1:05. */
export function length(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function distance(metres: number): string {
  if (metres < 950) return `${Math.max(5, Math.round(metres / 5) * 5)} m`;
  return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: metres < 9_500 ? 1 : 0 }).format(metres / 1000)} km`;
}

export function money(value: number, currency: string): string {
  const digits = Number.isInteger(value) ? 0 : 2;
  const shape = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(undefined, shape).format(value);
}

export function quantity(value: number): string {
  return new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 }).format(value);
}

/** An RFC 3339 moment of the phone's clock with its own offset, so that the server knows the local day. */
export function stamp(date = new Date()): string {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? "-" : "+";
  const pad = (n: number): string => String(Math.floor(Math.abs(n))).padStart(2, "0");
  return `${local}${sign}${pad(offset / 60)}:${pad(Math.abs(offset) % 60)}`;
}
