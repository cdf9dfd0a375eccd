/** How far a clock is off, in the largest unit that fits. */
import { t } from "../texts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export function far(skew_ms: number): string {
  const off = Math.abs(skew_ms);
  if (off >= 1.5 * DAY_MS) return t.record.days(Math.round(off / DAY_MS));
  if (off >= HOUR_MS) return t.record.hours(Math.round(off / HOUR_MS));
  return t.record.minutes(Math.max(1, Math.round(off / MINUTE_MS)));
}
