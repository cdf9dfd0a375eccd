/** What pages and the service worker say to each other, and how it is asked for when there is a line again. */
export const OUTBOX_TAG = "outbox";
export const OUTBOX_CHANNEL = "rounds-outbox";
/** Said to a new version that waits. */
export const TAKE_OVER = "take-over";

/** What Chromium has beyond the standard types. */
interface SyncRegistration extends ServiceWorkerRegistration {
  readonly sync?: { register(tag: string): Promise<void> };
}

export async function askForSync(): Promise<void> {
  const worker = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration | undefined;
  // Refused in a private window, or by the person: then it goes at the next start and on reconnect.
  await worker?.sync?.register(OUTBOX_TAG).catch(() => undefined);
}
