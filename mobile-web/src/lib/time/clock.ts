/**
 * How far this phone's clock is from the server's, from the Date of its answers. A phone that is two days off still
 * files its visits at the right moment: what was stamped before the server was heard is put right when it is sent.
 */

/** Below this the phone's own clock is kept: an answer's date is whole seconds, and it was some time under way. */
const OFF_MS = 120_000;

export class ServerClock {
  /** Milliseconds to add to this phone's clock; null as long as the server was not heard. */
  skew_ms: number | null = null;
  /** Called when it is known anew. */
  onchange: () => void = () => {};

  heard(date: string | null, asked: number, answered: number): void {
    const there = Date.parse(date ?? "");
    if (Number.isNaN(there)) return;
    const off = there + 500 - (asked + answered) / 2;
    const skew = Math.abs(off) > OFF_MS ? Math.round(off) : 0;
    // A second more or less is the answer's way, not another clock.
    if (this.skew_ms !== null && Math.abs(skew - this.skew_ms) < OFF_MS) return;
    this.skew_ms = skew;
    this.onchange();
  }

  /** The moment by the server's clock, as well as it is known. */
  now(): number {
    return Date.now() + (this.skew_ms ?? 0);
  }
}

export const serverClock = new ServerClock();

/** A stamp moved by so many milliseconds, in its own offset. */
export function moved(stamp: string, by_ms: number): string {
  if (by_ms === 0) return stamp;
  const offset = /([+-])(\d\d):(\d\d)$/.exec(stamp);
  if (!offset) return new Date(Date.parse(stamp) + by_ms).toISOString();
  const [text, sign, hours, minutes] = offset;
  const away = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(Date.parse(stamp) + by_ms + away).toISOString().slice(0, 19) + text;
}
