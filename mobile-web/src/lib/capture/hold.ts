/** The one button: a tap begins, and so does holding it, which ends when it is let go. A scroll begins nothing. */

/** Longer than a tap. */
export const HELD_MS = 350;
/** A finger that moves farther wants to scroll. */
const STILL_PX = 14;

export interface HoldActs {
  begin(): void;
  end(): void;
}

interface Press {
  pointerId: number;
  clientX: number;
  clientY: number;
}

export class Hold {
  /** The click that follows a hold is none. */
  private held = false;

  constructor(
    private readonly acts: HoldActs,
    private readonly page: EventTarget = globalThis,
  ) {}

  down(press: Press & { button?: number }): void {
    if (press.button) return;
    this.held = false;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      this.held = true;
      this.acts.begin();
    }, HELD_MS);
    const moved = (event: Press): void => {
      const far = Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY);
      if (event.pointerId === press.pointerId && !this.held && far > STILL_PX) stop.abort();
    };
    const up = (event: Press): void => {
      if (event.pointerId !== press.pointerId) return;
      stop.abort();
      if (this.held) this.acts.end();
    };
    stop.signal.addEventListener("abort", () => clearTimeout(timer));
    const heard = { signal: stop.signal };
    this.page.addEventListener("pointermove", (event) => moved(event as PointerEvent), heard);
    this.page.addEventListener("pointerup", (event) => up(event as PointerEvent), heard);
    // The browser took the finger for a scroll, or for its own menu: what has begun goes on, to be ended by a tap.
    this.page.addEventListener("pointercancel", () => stop.abort(), heard);
  }

  click(): void {
    if (this.held) this.held = false;
    else this.acts.begin();
  }
}
