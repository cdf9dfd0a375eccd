/** One short line above the thumb, with an undo where there is one. */

interface Toast {
  text: string;
  undo: (() => void) | null;
}

const SHOWN_MS = 6_000;

export const toast = $state<{ now: Toast | null }>({ now: null });

let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, undo: (() => void) | null = null): void {
  clearTimeout(timer);
  toast.now = { text, undo };
  timer = setTimeout(() => (toast.now = null), SHOWN_MS);
}

export function hush(): void {
  clearTimeout(timer);
  toast.now = null;
}
