/** A phone without a phone: a fresh vault, a clock that is set by hand, a server that answers as told. */
import { Refused, Unreachable, type Call, type Send } from "../src/lib/api";
import { digestOf } from "../src/lib/digest";
import { Outbox } from "../src/lib/outbox";
import type { Clock } from "../src/lib/retry";
import type { Visit } from "../src/lib/types";
import { openVault, type KeptMemo, type KeptVisit, type Vault } from "../src/lib/vault";

export class HandClock implements Clock {
  time = 1_000_000;
  now = (): number => this.time;
  random = (): number => 0;
}

let vaults = 0;
export const freshVault = (): Promise<Vault> => openVault(`test-${++vaults}`);

export function visitOf(change: Partial<KeptVisit> = {}): KeptVisit {
  return { id: "v1", rep: "r1", at: "2026-03-10T14:05:00-04:00", position: null, customer: null, customerName: null, sent: false, ...change };
}

export function memoOf(change: Partial<KeptMemo> = {}): KeptMemo {
  return {
    id: "m1", visit: "v1", kind: "voice", at: "2026-03-10T14:05:00-04:00", fix: null, text: null, mime: "audio/webm;codecs=opus",
    length_s: 3, state: "kept", replaces: null, failures: 0, nextAt: 0, trouble: null, ...change,
  };
}

interface Sent {
  method: string;
  path: string;
  call: Call;
}

/** Keeps what it received by path, as the real server does, and fails as told. */
export class Server {
  readonly sent: Sent[] = [];
  /** Errors thrown before anything is kept, by the start of the path. */
  readonly failures = new Map<string, Error>();
  lieAboutSum = false;

  readonly send: Send = async <T>(path: string, call: Call = {}): Promise<T> => {
    const method = call.method ?? "GET";
    this.sent.push({ method, path, call });
    for (const [start, failure] of this.failures) if (path.startsWith(start)) throw failure;
    if (method !== "PUT") return undefined as T;
    if (!/memos|notes/.test(path)) return { id: path.split("/")[2], customer_name: null, candidates: [] } as T;
    const body = call.body ?? new Blob([(call.json as { text: string }).text]);
    const sum = this.lieAboutSum ? "0".repeat(64) : (await digestOf(body)).hex;
    return { memo: "m", sha256: sum, bytes: body.size, received_at: "" } as T;
  };

  paths(): string[] {
    return this.sent.map((one) => `${one.method} ${one.path.split("?")[0]}`);
  }
}

export const offline = (): Error => new Unreachable("no answer");
export const refused = (status: number, code: string): Error => new Refused(status, code, `It said ${code}.`, "Do something.");

export interface Bench {
  vault: Vault;
  clock: HandClock;
  server: Server;
  outbox: Outbox;
  checkedIn: Visit[];
}

export async function bench(): Promise<Bench> {
  const [vault, clock, server, checkedIn] = [await freshVault(), new HandClock(), new Server(), [] as Visit[]];
  const outbox = new Outbox({
    vault, clock, send: server.send, digest: digestOf,
    alone: (work) => work(),
    changed: () => undefined,
    checkedIn: (visit) => checkedIn.push(visit),
  });
  return { vault, clock, server, outbox, checkedIn };
}

/** A kept recording of three chunks, with its check-in. */
export async function keepRecording(vault: Vault, memo: Partial<KeptMemo> = {}, visit: Partial<KeptVisit> = {}): Promise<void> {
  await vault.putVisit(visitOf(visit));
  const row = memoOf(memo);
  await vault.putMemo(row);
  for (const [index, letter] of ["a", "b", "c"].entries()) {
    await vault.appendChunk(row.id, index, new TextEncoder().encode(letter.repeat(4)).buffer as ArrayBuffer);
  }
}
