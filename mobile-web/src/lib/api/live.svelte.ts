/** News from the server while the app is in front: server-sent events, or a look every 20 s when they do not come. */
import { session } from "./session.svelte";
import type { ServerEvent } from "../types";

export type Listener = (event: ServerEvent | null) => void;

const POLL_MS = 20_000;
const RETRY_MS = 15_000;

export const live = $state({ connected: false });

const listeners = new Set<Listener>();
let source: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;

function tell(event: ServerEvent | null): void {
  for (const listener of listeners) listener(event);
}

export function connectLive(): void {
  if (source || document.visibilityState !== "visible" || session.standing !== "in") return;
  source = new EventSource("/api/events");
  source.onopen = () => {
    live.connected = true;
    tell(null);
  };
  source.onerror = () => {
    live.connected = false;
    // A browser gives up for good on an answer that is no stream; it resumes by itself after a lost line.
    if (source?.readyState === EventSource.CLOSED) {
      close();
      retry = setTimeout(connectLive, RETRY_MS);
    }
  };
  for (const kind of ["visit", "customer", "people", "catalogue", "call", "task", "talk", "told", "heard"]) {
    source.addEventListener(kind, (message: MessageEvent<string>) => tell(JSON.parse(message.data) as ServerEvent));
  }
}

function close(): void {
  clearTimeout(retry);
  source?.close();
  source = null;
  live.connected = false;
}

export function startLive(): void {
  document.addEventListener("visibilitychange", () => (document.visibilityState === "visible" ? connectLive() : close()));
  addEventListener("online", connectLive);
  addEventListener("pagehide", close);
  setInterval(() => {
    if (!live.connected && document.visibilityState === "visible" && navigator.onLine) tell(null);
  }, POLL_MS);
  connectLive();
}

/** Hears each event; null means 'look again, something may have been missed'. Use inside `$effect`. */
export function onNews(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
