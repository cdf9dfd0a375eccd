/** Talks to the server. Knows four ways to fail: refused with a reason, not reached, walled off, shut out. */
import { serverClock } from "../time/clock";
import type { Vault } from "../outbox/vault";

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

/** No signal, or a server that is down. */
export class Unreachable extends Error {}

/** Something in between answered in the server's place: a hotel's login page. */
export class Walled extends Unreachable {}

interface ProblemDocument {
  title?: string;
  detail?: string;
  code?: string;
  action?: string;
  errors?: { field: string; message: string }[];
}

export interface Call {
  method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  json?: unknown;
  body?: Blob;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** What the server said; `header` is null for one that it did not send. */
export interface Answer<T> {
  status: number;
  body: T;
  header(name: string): string | null;
}

export type Exchange = <T>(path: string, call?: Call) => Promise<Answer<T>>;

/** A line that is there but brings nothing is no line: after this the kept copy is shown. */
const PATIENCE_MS = 12_000;
/** What the slowest line that is worth waiting for carries. */
const BYTES_PER_MS = 2;
const NETWORK_LOGIN = 511;

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

/** An answer of a status that only says why when it comes from our server. */
async function refusal(response: Response, call: Call): Promise<Error> {
  const { status } = response;
  if (!isJson(response) || call.method === "HEAD") {
    // A proxy before the server speaks for it here: the recording is too large for it, or the server is down.
    if (status === 413 || (call.method === "HEAD" && status < 500)) return new Refused(status, `status_${status}`, "", "");
    const wall = status < 500 || status === NETWORK_LOGIN;
    return wall ? new Walled(`status ${status}`) : new Unreachable(`an answer of status ${status} that is not the server's`);
  }
  const problem = await bodyOf<ProblemDocument>(response);
  const fields = (problem.errors ?? []).map((error) => `${error.field}: ${error.message}`).join("; ");
  const title = fields || problem.detail || problem.title || `status ${response.status}`;
  return new Refused(response.status, problem.code ?? "unknown", title, problem.action ?? "");
}

async function fetched(path: string, init: RequestInit): Promise<Response> {
  const asked = Date.now();
  try {
    const response = await fetch(path, init);
    if (isJson(response) || response.status === 204) serverClock.heard(response.headers.get("date"), asked, Date.now());
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable("no answer");
  }
}

function patience(call: Call): AbortSignal {
  return call.signal ?? AbortSignal.timeout(PATIENCE_MS + (call.body?.size ?? 0) / BYTES_PER_MS);
}

async function bodyOf<T>(response: Response): Promise<T> {
  if (!isJson(response)) throw new Walled("an answer that is not the server's");
  try {
    return (await response.json()) as T;
  } catch {
    throw new Unreachable("the answer broke off");
  }
}

/** One call under /api. Throws Refused or Unreachable; the device cookie goes along by itself. */
export async function exchange<T>(path: string, call: Call = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: "application/json", ...call.headers };
  if (call.json !== undefined) headers["Content-Type"] = "application/json";
  const response = await fetched(`/api${path}`, {
    method: call.method ?? "GET",
    headers,
    credentials: "same-origin",
    redirect: "manual",
    cache: "no-store",
    body: call.json !== undefined ? JSON.stringify(call.json) : (call.body ?? null),
    // What was deleted is deleted, even when the page goes at this very moment.
    keepalive: call.method === "DELETE",
    signal: patience(call),
  });
  if (response.type === "opaqueredirect") throw new Walled("sent elsewhere");
  if (!response.ok) {
    const error = await refusal(response, call);
    if (error instanceof Refused && error.status === 401 && path !== "/enrol") {
      for (const listener of shutOutListeners) listener();
    }
    throw error;
  }
  const header = (name: string): string | null => response.headers.get(name);
  const empty = response.status === 204 || call.method === "HEAD";
  return { status: response.status, body: empty ? (undefined as T) : await bodyOf<T>(response), header };
}

/** The body of the answer. */
export async function send<T>(path: string, call: Call = {}): Promise<T> {
  return (await exchange<T>(path, call)).body;
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
