/** Talks to the server. Knows three ways to fail: refused with a reason, not reached, shut out. */
import type { Vault } from "./vault";

/** The server answered with a problem document. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly action: string,
  ) {
    super(title);
  }
}

/** No signal, a server that is down, or something in between that is not our server (a hotel's login page). */
export class Unreachable extends Error {}

interface ProblemDocument {
  title?: string;
  detail?: string;
  code?: string;
  action?: string;
  errors?: { field: string; message: string }[];
}

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  json?: unknown;
  body?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export type Send = <T>(path: string, call?: Call) => Promise<T>;

const shutOutListeners = new Set<() => void>();

/** Called whenever the server no longer knows this phone. */
export function onShutOut(listener: () => void): () => void {
  shutOutListeners.add(listener);
  return () => shutOutListeners.delete(listener);
}

function isJson(response: Response): boolean {
  const type = response.headers.get("content-type") ?? "";
  return type.includes("application/json") || type.includes("application/problem+json");
}

async function refusal(response: Response): Promise<Error> {
  if (!isJson(response)) {
    return new Unreachable(`an answer of status ${response.status} that is not the server's`);
  }
  const problem = (await response.json()) as ProblemDocument;
  const fields = (problem.errors ?? []).map((error) => `${error.field}: ${error.message}`).join("; ");
  const title = fields || problem.detail || problem.title || `status ${response.status}`;
  return new Refused(response.status, problem.code ?? "unknown", title, problem.action ?? "");
}

async function fetched(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable("no answer");
  }
}

/** One call under /api. Throws Refused or Unreachable; the device cookie goes along by itself. */
export async function send<T>(path: string, call: Call = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json", ...call.headers };
  if (call.json !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetched(`/api${path}`, {
    method: call.method ?? "GET",
    headers,
    credentials: "same-origin",
    redirect: "error",
    cache: "no-store",
    body: call.json !== undefined ? JSON.stringify(call.json) : (call.body ?? null),
    signal: call.signal ?? null,
  });
  if (!response.ok) {
    const error = await refusal(response);
    if (error instanceof Refused && error.status === 401 && path !== "/enrol") {
      for (const listener of shutOutListeners) listener();
    }
    throw error;
  }
  if (response.status === 204) return undefined as T;
  if (!isJson(response)) throw new Unreachable("an answer that is not the server's");
  return (await response.json()) as T;
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => send<T>(path, signal ? { signal } : {});
export const put = <T>(path: string, json: unknown): Promise<T> => send<T>(path, { method: "PUT", json });
export const patch = <T>(path: string, json: unknown): Promise<T> => send<T>(path, { method: "PATCH", json });
export const post = <T>(path: string, json?: unknown): Promise<T> =>
  send<T>(path, json === undefined ? { method: "POST" } : { method: "POST", json });
export const remove = <T = void>(path: string): Promise<T> => send<T>(path, { method: "DELETE" });

export interface Remembered<T> {
  body: T;
  /** Epoch milliseconds of the copy shown because the server was not reached; null when fresh. */
  staleSince: number | null;
}

/** The server's answer, or the last one kept on this phone when the server is not reached. */
export async function getOrRemembered<T>(vault: Vault, path: string): Promise<Remembered<T>> {
  try {
    const body = await get<T>(path);
    await vault.remember(path, body, Date.now());
    return { body, staleSince: null };
  } catch (error) {
    const down = error instanceof Unreachable || (error instanceof Refused && error.status >= 500);
    if (!down) throw error;
    const kept = await vault.remembered(path);
    if (!kept) throw error;
    return { body: kept.body as T, staleSince: kept.at };
  }
}
