/** A new version of the app waits until it is wanted; it never tears down a running recording, in this tab or another. */
import { capture } from "../capture/capture.svelte";
import { busyRecordings } from "../outbox/phone";
import { TAKE_OVER } from "../outbox/sync";
import { t } from "../texts";
import { say } from "./toast.svelte";

export const update = $state({ ready: false });

const LOOK_MS = 3_600_000;
const QUIET_MS = 1_000;
let waiting: ServiceWorker | null = null;
/** This tab asked for the new version, so a reload is no surprise. */
let wanted = false;

function offer(registration: ServiceWorkerRegistration): void {
  // The very first one is no update.
  if (!registration.waiting || !navigator.serviceWorker.controller) return;
  waiting = registration.waiting;
  update.ready = true;
}

/** Loads the new version as soon as nothing is being recorded here. */
function reloadWhenQuiet(): void {
  if (capture.phase === "ready" || wanted) location.reload();
  else setTimeout(reloadWhenQuiet, QUIET_MS);
}

async function watch(): Promise<void> {
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/", updateViaCache: "none" });
  offer(registration);
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => fresh.state === "installed" && offer(registration));
  });
  setInterval(() => void registration.update().catch(() => undefined), LOOK_MS);
}

export function startUpdates(): void {
  if (!navigator.serviceWorker || import.meta.env.DEV) return;
  const controlled = navigator.serviceWorker.controller !== null;
  let first = !controlled;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!first) reloadWhenQuiet();
    first = false;
  });
  // A screen of a version that is gone; the new version has it.
  addEventListener("vite:preloadError", () => reloadWhenQuiet());
  // The files for later do not hold up the first screen.
  if (document.readyState === "complete") void watch();
  else addEventListener("load", () => void watch(), { once: true });
}

export async function applyUpdate(): Promise<void> {
  if ((await busyRecordings()).size > 0) return say(t.updateLater);
  wanted = true;
  waiting?.postMessage(TAKE_OVER);
}
