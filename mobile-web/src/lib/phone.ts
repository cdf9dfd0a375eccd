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

/** Runs the work in one tab at a time; the other tabs leave it alone. */
export async function alone(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request("outbox", { ifAvailable: true }, async (lock) => {
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

/** Bytes below which a recording is not begun without a warning: a quarter of an hour and some. */
export const LOW_SPACE_BYTES = 12_000_000;

export async function spaceLeft(): Promise<number | null> {
  const estimate = await navigator.storage?.estimate?.();
  return estimate?.quota === undefined ? null : estimate.quota - (estimate.usage ?? 0);
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
