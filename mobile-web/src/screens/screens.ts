/** Which screen a path opens. All but enrolment and capture load when they are first asked for. */
import type { Component } from "svelte";
import { may } from "../lib/api/session.svelte";

type Screen = Component<{ id: string }>;

export interface Opened {
  /** A new key is a fresh screen. */
  key: string;
  id: string;
  load: () => Promise<{ default: Screen }>;
}

/** A screen that takes no id ignores the one it gets. */
const plain = (load: () => Promise<{ default: Component<Record<string, never>> }>): Opened["load"] =>
  load as unknown as Opened["load"];

const office: Record<string, Opened["load"]> = {
  people: plain(() => import("./People.svelte")),
  products: plain(() => import("./Products.svelte")),
  competitors: plain(() => import("./Competitors.svelte")),
  jobs: plain(() => import("./Jobs.svelte")),
  settings: plain(() => import("./Settings.svelte")),
  duplicates: plain(() => import("./Duplicates.svelte")),
  export: plain(() => import("./Export.svelte")),
  webhooks: plain(() => import("./Webhooks.svelte")),
  imports: plain(() => import("./Imports.svelte")),
  keys: plain(() => import("./Keys.svelte")),
  letters: plain(() => import("./Letters.svelte")),
  abilities: plain(() => import("./Abilities.svelte")),
  kept: plain(() => import("./Kept.svelte")),
};

function loaderFor(place: string, id: string, act: string | undefined): Opened["load"] {
  if (place === "visits" && id) return () => import("./Visit.svelte");
  if (place === "today") return plain(() => import("./Today.svelte"));
  if (place === "queue") return plain(() => import("./Queue.svelte"));
  if (place === "feed") return plain(() => import("./Feed.svelte"));
  if (place === "since") return plain(() => import("./Since.svelte"));
  if (place === "heard" && id) return () => import("./HeardSubject.svelte");
  if (place === "heard") return plain(() => import("./Heard.svelte"));
  if (place === "search") return plain(() => import("./Search.svelte"));
  if (place === "customers" && (id === "new" || act === "edit")) return () => import("./CustomerForm.svelte");
  if (place === "customers" && id) return () => import("./Customer.svelte");
  if (place === "call") return plain(() => import("./Call.svelte"));
  if (place === "desk") return plain(() => import("./Desk.svelte"));
  if (place === "review") return plain(() => import("./Review.svelte"));
  if (place === "company") return office[id] ?? plain(() => import("./Company.svelte"));
  return plain(() => import("./Customers.svelte"));
}

export function screenFor(segments: string[]): Opened {
  const [place = may("manager") ? "review" : "customers", id = "", act] = segments;
  return { key: [place, id, act].join("/"), id, load: loaderFor(place, id, act) };
}
