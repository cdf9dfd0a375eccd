/** A phone without a phone: a fresh vault, a clock that is set by hand, a server that answers as told. */
import { Refused, Unreachable, type Call, type Answer, type Exchange } from "../src/lib/api/api";
import { digestOf } from "../src/lib/outbox/digest";
import { Outbox, type OutboxParts } from "../src/lib/outbox/outbox";
import type { Clock } from "../src/lib/outbox/retry";
import type { Receipt, Visit } from "../src/lib/types";
import { openVault, type KeptMemo, type KeptVisit, type Vault } from "../src/lib/outbox/vault";

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
  /** Errors thrown before anything is kept, by the start of the path or by its end, such as `/upload`. */
  readonly failures = new Map<string, Error>();
  /** The bytes of each memo that came in parts. */
  readonly parts = new Map<string, Blob>();
  lieAboutSum = false;
  /** Keeps only so many bytes of the next part, and breaks off. */
  breakAfter: number | null = null;

  readonly exchange: Exchange = async <T>(path: string, call: Call = {}): Promise<Answer<T>> => {
    const method = call.method ?? "GET";
    const plain = path.split("?")[0] ?? path;
    this.sent.push({ method, path, call });
    for (const [where, failure] of this.failures) if (plain.startsWith(where) || plain.endsWith(where)) throw failure;
    if (plain.endsWith("/upload")) return (await this.upload(method, plain, call)) as Answer<T>;
    if (method !== "PUT") return answer(204, undefined as T);
    if (!/memos|notes/.test(path)) return answer(201, { id: path.split("/")[2], customer_name: null, candidates: [] } as T);
    return answer(201, (await this.receipt(call.body ?? new Blob([(call.json as { text: string }).text]))) as T);
  };

  private async upload(method: string, path: string, call: Call): Promise<Answer<unknown>> {
    const kept = this.parts.get(path) ?? new Blob();
    if (method === "HEAD") return answer(204, undefined, { "Upload-Offset": String(kept.size) });
    if (method === "DELETE") this.parts.delete(path);
    if (method !== "PATCH" || !call.body) return answer(204, undefined);
    const offset = Number(call.headers?.["Upload-Offset"]);
    if (offset > kept.size) throw new Refused(400, "part_beyond", "", "");
    const broken = this.breakAfter !== null;
    const body = broken ? call.body.slice(0, this.breakAfter ?? 0) : call.body;
    this.breakAfter = null;
    const all = new Blob([kept.slice(0, offset), body]);
    this.parts.set(path, all);
    if (broken) throw new Unreachable("broke off");
    if (call.headers?.["Upload-Complete"] === "?1") return answer(201, await this.receipt(all));
    return answer(204, undefined, { "Upload-Offset": String(all.size) });
  }

  private async receipt(body: Blob): Promise<Receipt> {
    const sha256 = this.lieAboutSum ? "0".repeat(64) : (await digestOf(body)).hex;
    return { memo: "m", sha256, bytes: body.size, received_at: "" };
  }

  paths(): string[] {
    return this.sent.map((one) => `${one.method} ${one.path.split("?")[0]}`);
  }
}

function answer<T>(status: number, body: T, headers: Record<string, string> = {}): Answer<T> {
  return { status, body, header: (name) => headers[name] ?? null };
}

export const offline = (): Error => new Unreachable("no answer");
export const refused = (status: number, code: string): Error => new Refused(status, code, `It said ${code}.`, "Do something.");

export interface Bench {
  vault: Vault;
  clock: HandClock;
  server: Server;
  outbox: Outbox;
  checkedIn: Visit[];
  /** May be changed under way. */
  parts: OutboxParts;
}

export async function bench(): Promise<Bench> {
  const [vault, clock, server, checkedIn] = [await freshVault(), new HandClock(), new Server(), [] as Visit[]];
  const parts: OutboxParts = {
    vault, clock, exchange: server.exchange, digest: digestOf,
    alone: (_visit, work) => work(),
    skew: async () => 0,
    changed: () => undefined,
    checkedIn: (visit) => checkedIn.push(visit),
  };
  return { vault, clock, server, outbox: new Outbox(parts), checkedIn, parts };
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
