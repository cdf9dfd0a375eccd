/**
 * Brings what is kept on this phone to the server. Each memo has its own state and its own retries; none waits for
 * another. The sound is dropped only after the receipt's sha256 was the one computed here.
 */
import { Refused, Unreachable, Walled, type Exchange } from "../api/api";
import { serverClock } from "../time/clock";
import type { Digest } from "./digest";
import { delayAfter, type Clock } from "./retry";
import type { Receipt, Visit } from "../types";
import { bring, type UploadParts } from "./upload";
import type { KeptMemo, KeptVisit, Trouble, Vault } from "./vault";

/** Visits that are on their way at once; the others come as soon as one is through. */
const AT_ONCE = 4;

export interface OutboxParts {
  vault: Vault;
  exchange: Exchange;
  clock: Clock;
  digest(blob: Blob): Promise<Digest>;
  /** Runs the work on a visit unless another tab, or the service worker, is at it already. */
  alone(visit: string, work: () => Promise<void>): Promise<void>;
  /** How far the phone's clock is off, asked of the server when it was not heard yet. */
  skew(): Promise<number>;
  /** Something changed: a memo is going, arrived or failed. */
  changed(): void;
  /** What the server made of a check-in. */
  checkedIn(visit: Visit): void;
}

/** The phone's clock against the server's; asked with the smallest call there is when it was not heard yet. */
export async function askSkew(exchange: Exchange): Promise<number> {
  if (serverClock.skew_ms === null) await exchange("/health");
  return serverClock.skew_ms ?? 0;
}

class ShutOut extends Error {}

/** Refusals that trying again cannot change: what is there stays there, so this becomes a visit of its own. */
const FOR_GOOD = ["approved", "memo_deleted", "memo_differs", "visit_differs"];

export function worthAgain(memo: KeptMemo): boolean {
  return !FOR_GOOD.includes(memo.trouble?.code ?? "");
}

interface Group {
  visit: KeptVisit;
  memos: KeptMemo[];
}

function passing(error: Refused): boolean {
  return error.status >= 500 || [408, 425, 429].includes(error.status);
}

/** What the screen says; a missing server is worded there. */
function trouble(error: Refused | Unreachable): Trouble {
  if (error instanceof Refused) return { code: error.code, title: error.message, action: error.action };
  return { code: error instanceof Walled ? "walled" : "unreachable", title: "", action: "" };
}

export class Outbox {
  /** Ids of memos that are on their way now. */
  readonly going = new Set<string>();
  private readonly busy = new Set<string>();
  private readonly upload: UploadParts;

  constructor(private readonly parts: OutboxParts) {
    const { vault, exchange, digest } = parts;
    this.upload = { vault, exchange, digest, changed: () => parts.changed() };
  }

  /** Sends all that is due, or all there is when `now`; answers with the milliseconds until the next is due. */
  async flush(rep: string, now = false): Promise<number | null> {
    const groups = await this.due(rep, now);
    const room = Math.min(Math.max(AT_ONCE - this.busy.size, 1), groups.length);
    for (const group of groups) this.busy.add(group.visit.id);
    const workers = Array.from({ length: room }, async () => {
      for (let group = groups.shift(); group; group = groups.shift()) await this.sendAlone(group);
    });
    const results = await Promise.allSettled(workers);
    for (const left of groups) this.busy.delete(left.visit.id);
    for (const result of results) {
      if (result.status === "rejected" && !(result.reason instanceof ShutOut)) throw result.reason;
    }
    return this.nextDue(rep);
  }

  private async due(rep: string, now: boolean): Promise<Group[]> {
    const moment = this.parts.clock.now();
    const memos = (await this.parts.vault.memos()).filter((memo) => memo.state === "kept" && (now || memo.nextAt <= moment));
    const visits = (await this.parts.vault.visits()).filter((visit) => visit.rep === rep && !this.busy.has(visit.id));
    return visits
      .map((visit) => ({ visit, memos: memos.filter((memo) => memo.visit === visit.id).sort((a, b) => a.at.localeCompare(b.at)) }))
      .filter((group) => group.memos.length > 0);
  }

  private async nextDue(rep: string): Promise<number | null> {
    const mine = new Set((await this.parts.vault.visits()).filter((visit) => visit.rep === rep).map((visit) => visit.id));
    const moments = (await this.parts.vault.memos())
      .filter((memo) => memo.state === "kept" && mine.has(memo.visit))
      .map((memo) => memo.nextAt);
    return moments.length ? Math.max(0, Math.min(...moments) - this.parts.clock.now()) : null;
  }

  private async sendAlone(group: Group): Promise<void> {
    try {
      await this.parts.alone(group.visit.id, () => this.sendVisit(group));
    } finally {
      this.busy.delete(group.visit.id);
    }
  }

  private async sendVisit({ visit, memos }: Group): Promise<void> {
    try {
      await this.checkIn(visit.id);
    } catch (error) {
      for (const memo of memos) await this.failed(memo.id, error);
      return;
    }
    for (const { id } of memos) {
      // Another tab may have been at it between the look and the lock.
      if ((await this.parts.vault.memo(id))?.state !== "kept") continue;
      this.going.add(id);
      this.parts.changed();
      try {
        await this.sendMemo(id);
      } catch (error) {
        await this.failed(id, error);
      } finally {
        this.going.delete(id);
        this.parts.changed();
      }
    }
  }

  /** Tells the server of the visit unless it knows; its moment is put right by the server's clock before. */
  async checkIn(id: string): Promise<void> {
    const { vault, exchange } = this.parts;
    if ((await vault.visit(id))?.sent !== false) return;
    await vault.settle("visits", id, await this.parts.skew());
    const visit = await vault.visit(id);
    if (!visit) return;
    const { at, position, customer } = visit;
    const answer = await exchange<Visit>(`/visits/${id}`, { method: "PUT", json: { at, position, customer } });
    const now = await vault.visit(id);
    // A position or a customer that came meanwhile goes with the next one.
    if (now && JSON.stringify([now.position, now.customer]) === JSON.stringify([position, customer])) await vault.putVisit({ ...now, sent: true });
    this.parts.checkedIn(answer.body);
  }

  /** Tells what has become known of a visit; what does not get through goes with its next memo. */
  async tell(id: string): Promise<void> {
    try {
      await this.checkIn(id);
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
    }
  }

  private async sendMemo(id: string): Promise<void> {
    const { vault } = this.parts;
    await vault.settle("memos", id, await this.parts.skew());
    const memo = await vault.memo(id);
    if (!memo) return;
    if (memo.kind === "note") await this.sendNote(memo);
    else await bring(this.upload, memo);
    await vault.release(memo.id, "sent");
    if (memo.replaces) await this.removeReplaced(memo.visit, memo.replaces);
  }

  private async sendNote(memo: KeptMemo): Promise<void> {
    const sum = await this.parts.digest(new Blob([memo.text ?? ""]));
    const note = { text: memo.text, at: memo.at };
    const { body } = await this.parts.exchange<Receipt>(`/visits/${memo.visit}/notes/${memo.id}`, { method: "PUT", json: note });
    if (body.sha256 !== sum.hex) throw new Unreachable("the receipt is of other words");
  }

  /** The new memo has arrived, so the old one may go; that it is gone or approved by now is no failure. */
  private async removeReplaced(visit: string, memo: string): Promise<void> {
    try {
      await this.parts.exchange(`/visits/${visit}/memos/${memo}`, { method: "DELETE" });
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
    }
  }

  /** Forgets what was discarded, and the parts of it that the server may have listened to already. */
  async forget(memo: KeptMemo): Promise<void> {
    const { vault, exchange } = this.parts;
    if (memo.sent_bytes) {
      try {
        await exchange(`/visits/${memo.visit}/memos/${memo.id}/upload`, { method: "DELETE" });
      } catch (error) {
        if (!(error instanceof Refused)) return;
      }
    }
    await vault.forgetMemo(memo.id);
  }

  private async failed(id: string, error: unknown): Promise<void> {
    const { vault, clock } = this.parts;
    if (error instanceof Refused && error.status === 401) throw new ShutOut();
    if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
    const memo = await vault.memo(id);
    if (!memo) return;
    const later = { failures: memo.failures + 1, nextAt: clock.now() + delayAfter(memo.failures + 1, clock.random()) };
    if (error instanceof Refused && error.code === "unknown_visit") await this.tellAgain(memo, later);
    else if (error instanceof Unreachable || passing(error)) await vault.change(id, { ...later, trouble: trouble(error) });
    else await vault.change(id, { state: "refused", trouble: trouble(error) });
    this.parts.changed();
  }

  /** The server lost the visit; it is told of it before the memo goes once more. */
  private async tellAgain(memo: KeptMemo, later: Partial<KeptMemo>): Promise<void> {
    const visit = await this.parts.vault.visit(memo.visit);
    if (visit) await this.parts.vault.putVisit({ ...visit, sent: false });
    await this.parts.vault.change(memo.id, later);
  }
}

/** A refused memo as the start of a visit of its own, for what can no longer join the old one. */
export async function sendAsNewVisit(vault: Vault, memo: KeptMemo): Promise<void> {
  const old = await vault.visit(memo.visit);
  if (!old) return;
  const visit: KeptVisit = { ...old, id: crypto.randomUUID(), sent: false };
  await vault.putVisit(visit);
  await vault.change(memo.id, { visit: visit.id, state: "kept", trouble: null, failures: 0, nextAt: 0, replaces: null, sent_bytes: 0 });
}
