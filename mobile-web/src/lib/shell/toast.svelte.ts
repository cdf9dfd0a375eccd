/** One short line above the thumb, with an undo where there is one. */

interface Toast {
  text: string;
  undo: (() => void) | null;
}

const SHOWN_MS = 6_000;

export const toast = $state<{ now: Toast | null }>({ now: null });

/** What happens unless it is undone in time. */
let pending: (() => void) | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, undo: (() => void) | null = null): void {
  settle();
  toast.now = { text, undo };
  timer = setTimeout(hush, SHOWN_MS);
}

/** Says it as done, does it when the time for an undo is over or the page goes. */
export function sayThen(text: string, work: () => void, undo: () => void): void {
  say(text, () => {
    pending = null;
    undo();
  });
  pending = work;
}

function settle(): void {
  clearTimeout(timer);
  const work = pending;
  pending = null;
  work?.();
}

globalThis.addEventListener?.("pagehide", settle);

export function hush(): void {
  settle();
  toast.now = null;
}
