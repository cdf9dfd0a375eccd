/** The one outbox of this page: what is kept on the phone, for the screens, and when it is tried again. */
import { send } from "./api";
import { digestOf } from "./digest";
import { Outbox, sendAsNewVisit } from "./outbox";
import { alone, vault } from "./phone";
import { systemClock } from "./retry";
import { session } from "./session.svelte";
import type { Visit } from "./types";
import type { KeptMemo, KeptVisit } from "./vault";

/** Rows of memos that arrived are shown for this long, then forgotten. */
const SHOW_SENT_MS = 7 * 24 * 3_600_000;
const NOT_BEFORE_MS = 1_000;

interface Kept {
  visits: KeptVisit[];
  memos: KeptMemo[];
  going: string[];
  online: boolean;
}

export const kept = $state<Kept>({ visits: [], memos: [], going: [], online: navigator.onLine });

const otherTabs = new BroadcastChannel("rounds-outbox");
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

async function outbox(): Promise<Outbox> {
  box ??= new Outbox({
    vault: await vault(),
    send,
    clock: systemClock,
    digest: digestOf,
    alone,
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
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), Math.max(NOT_BEFORE_MS, wait));
  }
}

export async function discardMemo(id: string): Promise<void> {
  await (await vault()).change(id, { state: "discarded" });
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

export async function forgetMemo(id: string): Promise<void> {
  await (await vault()).forgetMemo(id);
  changed();
}

/** Memos that the server does not have yet. */
export function waiting(): KeptMemo[] {
  return kept.memos.filter((memo) => memo.state === "kept" || memo.state === "refused");
}

/** Undone deletions are over at the next start; rows of arrived memos go after a week. */
async function sweep(): Promise<void> {
  const store = await vault();
  const memos = await store.memos();
  for (const memo of memos) {
    const old = memo.state === "sent" && Date.now() - Date.parse(memo.at) > SHOW_SENT_MS;
    if (old || memo.state === "discarded") await store.forgetMemo(memo.id);
  }
  const left = new Set((await store.memos()).map((memo) => memo.visit));
  for (const visit of await store.visits()) {
    if (!left.has(visit.id)) await store.forgetVisit(visit.id);
  }
}

export async function startOutbox(): Promise<void> {
  await sweep();
  await refreshKept();
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
