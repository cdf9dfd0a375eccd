/** Dates, amounts and distances in the reader's way. `due` and `next_meeting` are local and carry no zone. */
import { serverClock } from "./clock";
import { company } from "../api/session.svelte";
import { locale, t } from "../texts";

const DAY_MS = 86_400_000;

/** Today is a matter of the true time, however wrong the phone's clock is. */
const today = (): Date => new Date(serverClock.now());

type Shape = Intl.DateTimeFormatOptions;
const CLOCK: Shape = { hour: "numeric", minute: "2-digit" };
const WEEKDAY: Shape = { weekday: "long" };
const DAY: Shape = { weekday: "short", day: "numeric", month: "short" };
const DAY_AND_YEAR: Shape = { day: "numeric", month: "short", year: "numeric" };

/** Reports, promises and visits are read in the company's zone, in which they were understood. */
const zone = (): string => company().timezone;

const shown = (date: Date, shape: Shape): string => new Intl.DateTimeFormat(locale, { ...shape, timeZone: "UTC" }).format(date);

/** The wall clock of a zone as a date whose UTC fields are that clock's. */
function wall(date: Date, timeZone: string): Date {
  const text = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(date);
  return new Date(`${text.replace(" ", "T")}Z`);
}

/** Whole calendar days from one wall clock to another. */
function daysAway(then: Date, now: Date): number {
  return Math.floor(then.getTime() / DAY_MS) - Math.floor(now.getTime() / DAY_MS);
}

/** A line begins with a capital, also where days and months are written small. */
const begun = (text: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

function dayName(then: Date, now: Date): string {
  const away = daysAway(then, now);
  if (away === 0) return t.when.today;
  if (away === -1) return t.when.yesterday;
  if (away === 1) return t.when.tomorrow;
  if (away > 1 && away < 7) return begun(shown(then, WEEKDAY));
  return begun(shown(then, Math.abs(away) < 300 ? DAY : DAY_AND_YEAR));
}

/** A moment, such as 'Today, 2:05 PM'. */
export function moment(iso: string, now = today(), timeZone = zone()): string {
  const then = wall(new Date(iso), timeZone);
  return `${dayName(then, wall(now, timeZone))}, ${shown(then, CLOCK)}`;
}

/** A day in the middle of a sentence: small, but for the names of days and months where they are written large. */
export function within(day: string): string {
  const words = [t.when.today, t.when.yesterday, t.when.tomorrow];
  const small = /^(es|fr)/.test(locale) || words.some((word) => day.startsWith(word));
  return small ? day.charAt(0).toLocaleLowerCase(locale) + day.slice(1) : day;
}

/** The day alone, such as 'Yesterday'. */
export function dayOf(iso: string, now = today(), timeZone = zone()): string {
  return dayName(wall(new Date(iso), timeZone), wall(now, timeZone));
}

/** A local day, maybe with a time: 'Friday', 'Fri, Mar 13, 10:30 AM'. */
export function localDay(local: string, now = today(), timeZone = zone()): string {
  const then = new Date(local.includes("T") ? `${local}Z` : `${local}T00:00Z`);
  const name = dayName(then, wall(now, timeZone));
  return local.includes("T") ? `${name}, ${shown(then, CLOCK)}` : name;
}

/** The calendar day of a moment in the company's zone, as 2026-03-10. */
export function dayKey(iso?: string, timeZone = zone()): string {
  return wall(iso === undefined ? today() : new Date(iso), timeZone).toISOString().slice(0, 10);
}

/** The time of day alone. */
export function clock(iso: string, timeZone = zone()): string {
  return shown(wall(new Date(iso), timeZone), CLOCK);
}

/** How many days a local due date is past; 0 when it is not. */
export function daysLate(local: string, now = today(), timeZone = zone()): number {
  return Math.max(0, -daysAway(new Date(`${local.slice(0, 10)}T00:00Z`), wall(now, timeZone)));
}

/** A number as people read it; those of North America in their groups, others as they are. */
export function phone(number: string): string {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return match ? `${match[1]} ${match[2]} ${match[3]}` : number;
}

/** Seconds as 1:05. */
export function length(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function distance(metres: number): string {
  if (metres < 950) return `${Math.max(5, Math.round(metres / 5) * 5)} m`;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: metres < 9_500 ? 1 : 0 }).format(metres / 1000)} km`;
}

export function money(value: number, currency: string): string {
  const digits = Number.isInteger(value) ? 0 : 2;
  const shape = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(locale, shape).format(value);
}

export function quantity(value: number): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(value);
}
