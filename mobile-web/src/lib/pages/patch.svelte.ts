/** Keeps the pages of the rep's own patch on this phone while there is a line: whom they saw last, who is around. */
import { get, Refused, Unreachable } from "../api/api";
import { vault } from "../outbox/phone";
import { place } from "../place/place.svelte";
import { may, session } from "../api/session.svelte";
import type { CustomerPage } from "../types";

const FRESH_MS = 15 * 60_000;
/** Pages that stay: the patch is forty, the others were opened by hand. */
const KEPT = 80;
const PAGES = /^\/customers\/[^/?]+$/;

let fetched = 0;

/** Anew when the last time is a quarter of an hour ago. */
export async function keepPatch(now = Date.now()): Promise<void> {
  if (now - fetched < FRESH_MS || session.standing !== "in" || !may("rep") || !navigator.onLine) return;
  fetched = now;
  const near = place.seen ? `?near=${place.seen.lat.toFixed(3)},${place.seen.lon.toFixed(3)}` : "";
  try {
    const pages = await get<CustomerPage[]>(`/me/customers${near}`);
    const store = await vault();
    for (const page of pages) await store.remember(`/customers/${page.customer.id}`, page, now);
    await store.forgetOldest(PAGES, KEPT);
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
    fetched = 0;
  }
}

export function startPatch(): void {
  const look = (): void => void (document.visibilityState === "visible" && keepPatch());
  setInterval(look, FRESH_MS);
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);
  look();
}
