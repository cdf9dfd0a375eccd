/**
 * Brings what is kept on this phone to the server. Each memo has its own state and its own retries; none waits for
 * another. The sound is dropped only after the receipt's sha256 was the one computed here.
 */
import { Refused, Unreachable, type Send } from "./api";
import { type Digest } from "./digest";
import { delayAfter, type Clock } from "./retry";
import type { Receipt, Visit } from "./types";
import type { KeptMemo, KeptVisit, Trouble, Vault } from "./vault";

const AT_ONCE = 3;

export interface OutboxParts {
  vault: Vault;
  send: Send;
  clock: Clock;
  digest(blob: Blob): Promise<Digest>;
  /** Runs the work unless another tab is at it already. */
  alone(work: () => Promise<void>): Promise<void>;
  /** Something changed: a memo is going, arrived or failed. */
  changed(): void;
  /** What the server made of a check-in. */
  checkedIn(visit: Visit): void;
}

class ShutOut extends Error {}

function passing(error: Refused): boolean {
  return error.status >= 500 || [408, 425, 429].includes(error.status);
}

function trouble(error: Refused): Trouble {
  return { code: error.code, title: error.title, action: error.action };
}

export class Outbox {
  /** Ids of memos that are on their way now. */
  readonly going = new Set<string>();

  constructor(private readonly parts: OutboxParts) {}

  /** Sends all that is due, or all there is when `now`; answers with the milliseconds until the next is due. */
  async flush(rep: string, now = false): Promise<number | null> {
    await this.parts.alone(async () => {
      const groups = await this.due(rep, now);
      const workers = Array.from({ length: Math.min(AT_ONCE, groups.length) }, async () => {
        for (let group = groups.shift(); group; group = groups.shift()) await this.sendVisit(group.visit, group.memos);
      });
      const results = await Promise.allSettled(workers);
      for (const result of results) {
        if (result.status === "rejected" && !(result.reason instanceof ShutOut)) throw result.reason;
      }
    });
    return this.nextDue(rep);
  }

  private async due(rep: string, now: boolean): Promise<{ visit: KeptVisit; memos: KeptMemo[] }[]> {
    const moment = this.parts.clock.now();
    const memos = (await this.parts.vault.memos()).filter((memo) => memo.state === "kept" && (now || memo.nextAt <= moment));
    const visits = (await this.parts.vault.visits()).filter((visit) => visit.rep === rep);
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

  private async sendVisit(visit: KeptVisit, memos: KeptMemo[]): Promise<void> {
    if (!visit.sent) {
      try {
        await this.checkIn(visit);
      } catch (error) {
        for (const memo of memos) await this.failed(memo, error);
        return;
      }
    }
    for (const memo of memos) {
      this.going.add(memo.id);
      this.parts.changed();
      try {
        await this.sendMemo(memo);
      } catch (error) {
        await this.failed(memo, error);
      } finally {
        this.going.delete(memo.id);
        this.parts.changed();
      }
    }
  }

  private async checkIn(visit: KeptVisit): Promise<void> {
    const { id, at, position, customer } = visit;
    const answer = await this.parts.send<Visit>(`/visits/${id}`, { method: "PUT", json: { at, position, customer } });
    await this.parts.vault.putVisit({ ...visit, sent: true });
    this.parts.checkedIn(answer);
  }

  private async sendMemo(memo: KeptMemo): Promise<void> {
    const { vault, send, digest } = this.parts;
    let receipt: Receipt;
    let sum: Digest;
    if (memo.kind === "note") {
      sum = await digest(new Blob([memo.text ?? ""]));
      const note = { text: memo.text, at: memo.at };
      receipt = await send<Receipt>(`/visits/${memo.visit}/notes/${memo.id}`, { method: "PUT", json: note });
    } else {
      const sound = await vault.sound(memo.id, memo.mime);
      sum = await digest(sound);
      const headers = { "Content-Type": memo.mime.split(";")[0] ?? memo.mime, "Content-Digest": sum.header };
      receipt = await send<Receipt>(memoPath(memo), { method: "PUT", body: sound, headers });
    }
    if (receipt.sha256 !== sum.hex) throw new Unreachable("the receipt is of other bytes");
    await vault.release(memo.id, "sent");
    if (memo.replaces) await this.removeReplaced(memo.visit, memo.replaces);
  }

  /** The new memo has arrived, so the old one may go; that it is gone or approved by now is no failure. */
  private async removeReplaced(visit: string, memo: string): Promise<void> {
    try {
      await this.parts.send(`/visits/${visit}/memos/${memo}`, { method: "DELETE" });
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
    }
  }

  private async failed(memo: KeptMemo, error: unknown): Promise<void> {
    const { vault, clock } = this.parts;
    if (error instanceof Refused && error.status === 401) throw new ShutOut();
    if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
    const later = { failures: memo.failures + 1, nextAt: clock.now() + delayAfter(memo.failures + 1, clock.random()) };
    if (error instanceof Unreachable) {
      await vault.change(memo.id, { ...later, trouble: null });
    } else if (error.code === "unknown_visit") {
      const visit = await vault.visit(memo.visit);
      if (visit) await vault.putVisit({ ...visit, sent: false });
      await vault.change(memo.id, later);
    } else if (passing(error)) {
      await vault.change(memo.id, { ...later, trouble: trouble(error) });
    } else {
      await vault.change(memo.id, { state: "refused", trouble: trouble(error) });
    }
    this.parts.changed();
  }
}

function memoPath(memo: KeptMemo): string {
  const query = new URLSearchParams({ at: memo.at });
  if (memo.fix) {
    for (const [name, value] of Object.entries(memo.fix)) query.set(name, String(value));
  }
  return `/visits/${memo.visit}/memos/${memo.id}?${query}`;
}

/** A refused memo as the start of a visit of its own, for what can no longer join the old one. */
export async function sendAsNewVisit(vault: Vault, memo: KeptMemo): Promise<void> {
  const old = await vault.visit(memo.visit);
  if (!old) return;
  const visit: KeptVisit = { ...old, id: crypto.randomUUID(), sent: false };
  await vault.putVisit(visit);
  await vault.change(memo.id, { visit: visit.id, state: "kept", trouble: null, failures: 0, nextAt: 0, replaces: null });
}
