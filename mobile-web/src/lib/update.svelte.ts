/** A new version of the app waits until it is wanted; it never tears down a running recording. */
import { registerSW } from "virtual:pwa-register";

export const update = $state({ ready: false });

const LOOK_MS = 3_600_000;
let activate: ((reload?: boolean) => Promise<void>) | null = null;

export function startUpdates(): void {
  activate = registerSW({
    onNeedRefresh: () => (update.ready = true),
    onRegisteredSW: (_url, registration) => {
      if (registration) setInterval(() => void registration.update().catch(() => undefined), LOOK_MS);
    },
  });
}

export function applyUpdate(): void {
  void activate?.(true);
}
