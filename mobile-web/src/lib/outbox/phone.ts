/** What stands only once on a phone: its vault, its lock, its name. */
import { openVault, type Vault } from "./vault";

let opened: Promise<Vault> | null = null;

export function vault(): Promise<Vault> {
  opened ??= openVault();
  return opened;
}

/** Held as long as a recording runs in this tab, so that no other tab takes it for a crashed one. */
export async function recordingLock(memo: string): Promise<() => void> {
  if (!navigator.locks) return () => {};
  return new Promise((resolve) => {
    void navigator.locks.request(`recording:${memo}`, () => new Promise<void>((release) => resolve(release)));
  });
}

/** Memos that some tab is recording now. */
export async function busyRecordings(): Promise<Set<string>> {
  const locks = (await navigator.locks?.query())?.held ?? [];
  return new Set(locks.flatMap((lock) => (lock.name?.startsWith("recording:") ? [lock.name.slice(10)] : [])));
}

/** Runs the work on a visit in one tab at a time, or in the service worker; the others leave it alone. */
export async function alone(visit: string, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(`outbox:${visit}`, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
  });
}

/** What the people page calls this device. */
export function deviceLabel(): string {
  const agent = navigator.userAgent;
  const device =
    /\b(iPhone|iPad)\b/.exec(agent)?.[1] ??
    /Android [\d.]+; ([^;)]+?)(?: Build|\))/.exec(agent)?.[1] ??
    (/Macintosh/.test(agent) ? "Mac" : /Windows/.test(agent) ? "Windows" : /Linux/.test(agent) ? "Linux" : "Browser");
  const browser = /Edg\//.test(agent)
    ? "Edge"
    : /Firefox|FxiOS/.test(agent)
      ? "Firefox"
      : /Chrome|CriOS/.test(agent)
        ? "Chrome"
        : "Safari";
  return `${device}, ${browser}`;
}

/** About eight minutes of talk: with less room than this it is said before a recording. */
export const ENOUGH_BYTES = 3_000_000;
const PROBE_EVERY_MS = 10 * 60_000;
let probed: { at: number; short: boolean } | null = null;

/**
 * Whether there is too little room for a recording of some length. Browsers tell every site the same made-up figure,
 * so that nobody is known by their disk; what counts is whether so much can be written.
 */
export async function shortOfSpace(): Promise<boolean> {
  const now = Date.now();
  if (probed && !probed.short && now - probed.at < PROBE_EVERY_MS) return false;
  const estimate = await navigator.storage?.estimate?.();
  const said = estimate?.quota === undefined ? ENOUGH_BYTES : estimate.quota - (estimate.usage ?? 0);
  probed = { at: now, short: said < ENOUGH_BYTES || !(await (await vault()).hasRoom(ENOUGH_BYTES)) };
  return probed.short;
}

/** Asks the browser not to clear what is kept here when space is short. */
export async function keepForGood(): Promise<void> {
  await navigator.storage?.persist?.();
}

/** Keeps the screen lit until the returned function is called; the browser may refuse, which is no failure. */
export function stayAwake(): () => void {
  let sentinel: WakeLockSentinel | null = null;
  let wanted = true;
  const ask = async (): Promise<void> => {
    if (!wanted || document.visibilityState !== "visible" || !navigator.wakeLock) return;
    sentinel = await navigator.wakeLock.request("screen").catch(() => null);
    if (!wanted) await sentinel?.release();
  };
  document.addEventListener("visibilitychange", ask);
  void ask();
  return () => {
    wanted = false;
    document.removeEventListener("visibilitychange", ask);
    void sentinel?.release();
  };
}
