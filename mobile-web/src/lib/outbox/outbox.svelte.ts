/** The one outbox of this page: what is kept on the phone, for the screens, and when it is tried again. */
import { exchange } from "../api/api";
import { serverClock } from "../time/clock";
import { digestOf } from "./digest";
import { askSkew, Outbox, sendAsNewVisit } from "./outbox";
import { alone, vault } from "./phone";
import { Stream } from "../capture/stream";
import { systemClock } from "./retry";
import { session } from "../api/session.svelte";
import { askForSync, OUTBOX_CHANNEL } from "./sync";
import type { Visit } from "../types";
import type { KeptMemo, KeptVisit } from "./vault";

/** Rows of memos that arrived are shown for this long, then forgotten. */
const SHOW_SENT_MS = 7 * 24 * 3_600_000;
const NOT_BEFORE_MS = 1_000;
/** Longer than an undo is offered. */
const UNDO_MS = 8_000;

interface Kept {
  visits: KeptVisit[];
  memos: KeptMemo[];
  going: string[];
  /** Memos that a crash cut off, until somebody says what becomes of them. */
  cutOff: string[];
  online: boolean;
  /** How far this phone's clock is off, as far as that is known. */
  skew_ms: number | null;
}

export const kept = $state<Kept>({ visits: [], memos: [], going: [], cutOff: [], online: navigator.onLine, skew_ms: null });
serverClock.onchange = () => (kept.skew_ms = serverClock.skew_ms);

const otherTabs = new BroadcastChannel(OUTBOX_CHANNEL);
let timer: ReturnType<typeof setTimeout> | undefined;
let box: Outbox | null = null;

/** Reads the rows anew; cheap, there are few. */
export async function refreshKept(): Promise<void> {
  const store = await vault();
  kept.visits = await store.visits();
  kept.memos = await store.memos();
  kept.going = [...(box?.going ?? [])];
}

function changed(): void {
  void refreshKept();
  otherTabs.postMessage("changed");
}

async function checkedIn(visit: Visit): Promise<void> {
  const store = await vault();
  const row = await store.visit(visit.id);
  const likely = visit.customer_name ?? visit.candidates[0]?.name ?? null;
  if (row && !row.customerName && likely) await store.putVisit({ ...row, customerName: likely });
  changed();
}

/** Sends a recording while it is made. */
export async function streamOf(memo: string): Promise<Stream> {
  const sending = await outbox();
  const checkIn = (visit: string): Promise<void> => sending.checkIn(visit);
  return new Stream({ vault: await vault(), exchange, digest: digestOf, changed, checkIn }, memo);
}

async function outbox(): Promise<Outbox> {
  box ??= new Outbox({
    vault: await vault(),
    exchange,
    clock: systemClock,
    digest: digestOf,
    alone,
    skew: () => askSkew(exchange),
    changed,
    checkedIn: (visit) => void checkedIn(visit),
  });
  return box;
}

/** Sends what is due, or everything at once; comes back by itself as long as something is left. */
export async function flush(now = false): Promise<void> {
  clearTimeout(timer);
  const rep = session.me?.employee.id;
  if (!rep || session.standing !== "in") return;
  const wait = await (await outbox()).flush(rep, now);
  await refreshKept();
  if (wait !== null && session.me !== null) {
    void askForSync();
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), Math.max(NOT_BEFORE_MS, wait));
  }
}

/** Gone from the screen at once, from the phone after the time for an undo. */
export async function discardMemo(id: string): Promise<void> {
  await (await vault()).change(id, { state: "discarded", nextAt: Date.now() + UNDO_MS });
  changed();
  forgetLater(id);
}

export function forgetLater(id: string): void {
  setTimeout(() => void forgetDiscarded(id), UNDO_MS);
}

async function forgetDiscarded(id: string): Promise<void> {
  const memo = await (await vault()).memo(id);
  if (memo?.state !== "discarded") return;
  await (await outbox()).forget(memo);
  changed();
}

export async function undiscardMemo(id: string): Promise<void> {
  await (await vault()).change(id, { state: "kept", nextAt: 0 });
  changed();
  void flush();
}

export async function keepMemo(id: string): Promise<void> {
  await undiscardMemo(id);
}

export async function fileAsNewVisit(memo: KeptMemo): Promise<void> {
  await sendAsNewVisit(await vault(), $state.snapshot(memo) as KeptMemo);
  changed();
  void flush(true);
}

/** A customer picked afterwards, for a recording that was shared in. */
export async function nameVisit(id: string, customer: { id: string; name: string }): Promise<void> {
  const store = await vault();
  const visit = await store.visit(id);
  if (visit) await store.putVisit({ ...visit, customer: customer.id, customerName: customer.name, sent: false });
  changed();
  await (await outbox()).tell(id);
}

/** What the server refused once is offered again, because a person says that it may be taken now. */
export async function offerAgain(id: string): Promise<void> {
  await (await vault()).change(id, { state: "kept", failures: 1, nextAt: 0, trouble: null });
  changed();
  void flush(true);
}

export async function forgetMemo(id: string): Promise<void> {
  await (await vault()).forgetMemo(id);
  changed();
}

/** Recordings that a person has to say something about. */
export function needing(): KeptMemo[] {
  return kept.memos.filter((memo) => memo.state === "refused" || (memo.state === "recording" && kept.cutOff.includes(memo.id)));
}

/** Memos that the server does not have yet. */
export function waiting(): KeptMemo[] {
  return kept.memos.filter((memo) => memo.state === "kept" || memo.state === "refused");
}

/** Undone deletions are over at the next start; rows of arrived memos go after a week. */
async function sweep(): Promise<void> {
  const store = await vault();
  // Before the memos: a visit that begins meanwhile in another tab is then not among them.
  const visits = await store.visits();
  const memos = await store.memos();
  for (const memo of memos) {
    const old = memo.state === "sent" && Date.now() - Date.parse(memo.at) > SHOW_SENT_MS;
    if (old) await store.forgetMemo(memo.id);
    if (memo.state === "discarded" && Date.now() > memo.nextAt) await (await outbox()).forget(memo);
  }
  const left = new Set((await store.memos()).map((memo) => memo.visit));
  for (const visit of visits) {
    if (!left.has(visit.id)) await store.forgetVisit(visit.id);
  }
}

/** What was shared into the app before anybody had enrolled on this phone belongs to whoever did. */
async function adopt(): Promise<void> {
  const [store, rep] = [await vault(), session.me?.employee.id];
  if (!rep) return;
  for (const visit of await store.visits()) if (visit.rep === "") await store.putVisit({ ...visit, rep });
}

export async function startOutbox(): Promise<void> {
  await adopt();
  await refreshKept();
  void sweep();
  otherTabs.onmessage = () => void refreshKept();
  addEventListener("online", () => {
    kept.online = true;
    void flush(true);
  });
  addEventListener("offline", () => (kept.online = false));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void flush(true);
  });
  void flush(true);
}
