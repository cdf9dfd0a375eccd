/** Where the phone is, only while a screen that needs it is in front; never in the background. */
import type { Fix } from "../types";

type Access = "unknown" | "unasked" | "watching" | "refused" | "unavailable";

interface Seen {
  lat: number;
  lon: number;
  accuracy_m: number;
  at: number;
}

export const place = $state<{ access: Access; seen: Seen | null }>({ access: "unknown", seen: null });

const ASKED = "rounds.place-asked";
const MAX_AGE_MS = 30_000;

let users = 0;
let watch: number | null = null;

function begin(): void {
  if (watch !== null || users === 0 || document.visibilityState !== "visible") return;
  place.access = "watching";
  watch = navigator.geolocation.watchPosition(
    (position) => {
      const { latitude, longitude, accuracy } = position.coords;
      // The stamp may be a satellite's, and the phone's clock days off: what cannot be its age is new.
      const [now, age] = [Date.now(), Date.now() - position.timestamp];
      const at = age >= 0 && age <= 2 * MAX_AGE_MS ? position.timestamp : now;
      place.seen = { lat: latitude, lon: longitude, accuracy_m: Math.round(accuracy), at };
      place.access = "watching";
    },
    (error) => {
      if (error.code === error.PERMISSION_DENIED) {
        end();
        place.access = "refused";
      } else if (!place.seen) place.access = "unavailable";
    },
    { enableHighAccuracy: true, maximumAge: MAX_AGE_MS },
  );
}

function end(): void {
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  watch = null;
}

async function permission(): Promise<PermissionState> {
  if (!navigator.permissions) return localStorage.getItem(ASKED) ? "granted" : "prompt";
  return (await navigator.permissions.query({ name: "geolocation" })).state;
}

/** Watches while in use; begins only when the person has agreed before. Answers with the function that ends it. */
export function usePlace(): () => void {
  users += 1;
  const agreed = (): boolean => place.access === "watching" || place.access === "unavailable";
  const seen = (): void => (document.visibilityState === "visible" && agreed() ? begin() : end());
  document.addEventListener("visibilitychange", seen);
  if (!navigator.geolocation) place.access = "unavailable";
  else
    void permission().then((state) => {
      if (state === "granted") begin();
      else if (place.access === "unknown") place.access = state === "denied" ? "refused" : "unasked";
    });
  return () => {
    users -= 1;
    document.removeEventListener("visibilitychange", seen);
    if (users === 0) end();
  };
}

/** The person agreed to the reason on the screen; the browser now asks itself. */
export function askPlace(): void {
  localStorage.setItem(ASKED, "yes");
  begin();
}

/** The fix as of now with its age, or null. */
export function fixNow(now = Date.now()): Fix | null {
  if (!place.seen) return null;
  const { lat, lon, accuracy_m, at } = place.seen;
  return { lat, lon, accuracy_m, age_s: Math.max(0, Math.round((now - at) / 1000)) };
}
