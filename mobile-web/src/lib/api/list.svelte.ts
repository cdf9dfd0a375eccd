/** A keyset list: first page at once (or as this phone remembers it), more on demand, anew when there is news. */
import { get, getOrRemembered } from "./api";
import { failureOf, type Failure } from "./failure";
import { vault } from "../outbox/phone";
import type { Page } from "../types";

export class Listing<T extends { id: string }> {
  items = $state.raw<T[]>([]);
  after = $state<string | null>(null);
  loaded = $state(false);
  staleSince = $state<number | null>(null);
  failure = $state<Failure | null>(null);

  constructor(private readonly path: string) {}

  /** The first page anew; what was loaded below it stays. */
  async look(): Promise<void> {
    try {
      const { body, staleSince } = await getOrRemembered<Page<T>>(await vault(), this.path);
      const fresh = new Set(body.items.map((item) => item.id));
      const below = this.pages > 1 ? this.items.filter((item) => !fresh.has(item.id)) : [];
      this.items = [...body.items, ...below];
      if (this.pages === 1) this.after = body.after;
      this.staleSince = staleSince;
      this.failure = null;
    } catch (error) {
      this.failure = failureOf(error);
    }
    this.loaded = true;
  }

  private pages = 1;

  async more(): Promise<void> {
    if (!this.after) return;
    const glue = this.path.includes("?") ? "&" : "?";
    try {
      const page = await get<Page<T>>(`${this.path}${glue}after=${encodeURIComponent(this.after)}`);
      this.pages += 1;
      const known = new Set(this.items.map((item) => item.id));
      this.items = [...this.items, ...page.items.filter((item) => !known.has(item.id))];
      this.after = page.after;
      this.failure = null;
    } catch (error) {
      this.failure = failureOf(error);
    }
  }
}
