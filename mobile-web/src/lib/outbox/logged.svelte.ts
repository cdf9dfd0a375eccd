/**
 * Calls, mails and notes on their way to the server. They are short texts: what has no signal stays in this browser's
 * own store until the server has it, in the order in which it was written.
 */
import { put, Refused, Unreachable } from "../api/api";
import { session } from "../api/session.svelte";
import type { Visit } from "../types";

export interface Logged {
  id: string;
  /** The employee who wrote it; another one on this phone does not send it. */
  by: string;
  customer: string;
  body: { kind: "call" | "mail" | "note"; at: string; text: string; people: string[]; outcome: string | null };
  /** Why the server refused it for good; empty while it waits. */
  refused: string;
}

const STORE = "rounds.logged";
const RETRY_MS = 30_000;

function read(): Logged[] {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "[]") as Logged[];
  } catch {
    return [];
  }
}

export const logged = $state<{ all: Logged[] }>({ all: [] });

function write(all: Logged[]): void {
  localStorage.setItem(STORE, JSON.stringify(all));
  logged.all = all;
}

let busy = false;

/** Sends what waits; what the server refuses stays with the reason. */
export async function sendLogged(): Promise<void> {
  if (busy || session.standing !== "in") return;
  busy = true;
  try {
    for (const one of read().filter((each) => !each.refused && each.by === session.me?.employee.id)) {
      if (!(await sent(one))) break;
    }
  } finally {
    busy = false;
  }
}

/** False when the server was not reached. */
async function sent(one: Logged): Promise<boolean> {
  try {
    await put<Visit>(`/customers/${one.customer}/moments/${one.id}`, one.body);
    write(read().filter((each) => each.id !== one.id));
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status < 500 && error.status !== 401 && error.status !== 429) {
      const why = [error.title, error.action].filter(Boolean).join(" ");
      write(read().map((each) => (each.id === one.id ? { ...each, refused: why } : each)));
      return true;
    }
    if (error instanceof Refused || error instanceof Unreachable) return false;
    throw error;
  }
}

/** Keeps it, then sends it; whether the server has it already. Throws when this browser has no room. */
export async function log(one: Omit<Logged, "by" | "refused">): Promise<boolean> {
  write([...read(), { ...one, by: session.me?.employee.id ?? "", refused: "" }]);
  await sendLogged();
  return !read().some((each) => each.id === one.id);
}

export function forgetLogged(id: string): void {
  write(read().filter((each) => each.id !== id));
}

export function startLogged(): void {
  logged.all = read();
  addEventListener("online", () => void sendLogged());
  setInterval(() => void (logged.all.some((each) => !each.refused) && sendLogged()), RETRY_MS);
  void sendLogged();
}
