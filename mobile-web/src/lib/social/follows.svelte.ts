/** What this person follows, asked for once; a tap is shown at once and taken back when the server refuses. */
import { get, put, remove } from "../api/api";
import { failing } from "../api/failure";
import type { Followed, TopicKind } from "../types";

export interface Topic {
  kind: TopicKind;
  id: string;
  /** Whose a contact is. */
  customer?: string;
}

const state = $state<{ all: Set<string> | null }>({ all: null });
let asking: Promise<void> | null = null;

const keyOf = ({ kind, id, customer }: { kind: string; id: string; customer?: string | null | undefined }): string =>
  [kind, kind === "contact" ? customer : "", id].join("\n");

export function loadFollows(): Promise<void> {
  asking ??= get<Followed[]>("/follows")
    .then((all) => void (state.all = new Set(all.map(keyOf))))
    .catch(() => void (asking = null));
  return asking;
}

/** Null until it is known. */
export const follows = (topic: Topic): boolean | null => state.all && state.all.has(keyOf(topic));

export async function toggleFollow(topic: Topic): Promise<boolean> {
  const on = !follows(topic);
  const path = `/follows/${topic.kind}/${encodeURIComponent(topic.id)}${topic.customer ? `?customer=${encodeURIComponent(topic.customer)}` : ""}`;
  mark(topic, on);
  const done = await failing(() => (on ? put<void>(path, undefined) : remove(path)));
  if (!done) mark(topic, !on);
  return done;
}

function mark(topic: Topic, on: boolean): void {
  const all = new Set(state.all);
  if (on) all.add(keyOf(topic));
  else all.delete(keyOf(topic));
  state.all = all;
}
