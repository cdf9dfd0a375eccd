/** The customers around the phone: the server's word when there is a signal, else the list kept here. */
import { get, Refused, Unreachable } from "../api/api";
import { vault } from "../outbox/phone";
import { isPhone, lookedUp, nearest } from "./places";
import type { Customer, Fix, Hit, Page } from "../types";

const ALL = "/customers?limit=200";
/** A patch of ten thousand customers is kept whole; more is for the search on the server. */
const MAX_PAGES = 50;
const FRESH_MS = 15 * 60_000;

/** Every customer, as kept on this phone for the moments without a signal. */
export async function keptCustomers(): Promise<Customer[]> {
  return ((await (await vault()).remembered(ALL))?.body as Customer[] | undefined) ?? [];
}

/** Fetches the list anew when it is older than a quarter of an hour. */
export async function refreshCustomers(force = false): Promise<Customer[]> {
  const store = await vault();
  const known = await store.remembered(ALL);
  if (known && !force && Date.now() - known.at < FRESH_MS) return known.body as Customer[];
  const all: Customer[] = [];
  try {
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const path: string = after ? `${ALL}&after=${encodeURIComponent(after)}` : ALL;
      const answer: Page<Hit> = await get<Page<Hit>>(path);
      all.push(...answer.items.map((hit) => hit.customer));
      after = answer.after;
      if (!after) break;
    }
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Refused) return keptCustomers();
    throw error;
  }
  await store.remember(ALL, all, Date.now());
  return all;
}

export async function around(fix: Fix, limit = 8): Promise<Hit[]> {
  return nearest(await keptCustomers(), fix, limit);
}

export interface Found {
  hits: Hit[];
  /** From the list on this phone, because the server was not reached. */
  local: boolean;
}

/** Lookup by name, sound or phone digits: the server knows more ways to misspell than the list kept here. */
export async function find(query: string, limit: number): Promise<Found> {
  if (!query) {
    const hits = (await refreshCustomers()).map((customer) => ({ customer, matched: "", distance_m: null, score: 0 }));
    return { hits: hits.slice(0, limit), local: false };
  }
  try {
    const by = isPhone(query) ? "phone" : "q";
    const page = await get<Page<Hit>>(`/customers?${by}=${encodeURIComponent(query)}&limit=${limit}`);
    return { hits: page.items, local: false };
  } catch (error) {
    if (!(error instanceof Unreachable) && !(error instanceof Refused && error.status >= 500)) throw error;
    return { hits: lookedUp(await keptCustomers(), query, limit), local: true };
  }
}
