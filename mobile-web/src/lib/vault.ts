/**
 * What this phone keeps until the server has it: check-ins, memos and their chunks, in IndexedDB.
 * Chunks are ArrayBuffers: Safari has lost Blobs that were kept in IndexedDB.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Fix } from "./types";

export interface Trouble {
  code: string;
  title: string;
  action: string;
}

export interface KeptVisit {
  id: string;
  /** The employee who was here; another person enrolled on this phone does not send it. */
  rep: string;
  at: string;
  position: Fix | null;
  customer: string | null;
  /** The name shown on this phone; the server decides what it really was. */
  customerName: string | null;
  /** The check-in is with the server. */
  sent: boolean;
}

/**
 * `recording`: chunks still come, or the page died meanwhile; `kept`: complete on this phone;
 * `sent`: the receipt matched, the sound is gone from here; `refused`: the server will not take it as it is.
 */
export type KeptState = "recording" | "kept" | "sent" | "refused" | "discarded";

export interface KeptMemo {
  id: string;
  visit: string;
  kind: "voice" | "note";
  at: string;
  fix: Fix | null;
  text: string | null;
  mime: string;
  length_s: number;
  state: KeptState;
  /** A memo that this one takes the place of, deleted once this one has arrived. */
  replaces: string | null;
  failures: number;
  /** Epoch milliseconds before which it is not tried again. */
  nextAt: number;
  trouble: Trouble | null;
}

interface Chunk {
  memo: string;
  index: number;
  data: ArrayBuffer;
}

interface Schema extends DBSchema {
  visits: { key: string; value: KeptVisit };
  memos: { key: string; value: KeptMemo; indexes: { visit: string } };
  chunks: { key: [string, number]; value: Chunk; indexes: { memo: string } };
  answers: { key: string; value: { path: string; body: unknown; at: number } };
}

export type Vault = Awaited<ReturnType<typeof openVault>>;

export async function openVault(name = "rounds") {
  const db: IDBPDatabase<Schema> = await openDB<Schema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore("visits", { keyPath: "id" });
      fresh.createObjectStore("memos", { keyPath: "id" }).createIndex("visit", "visit");
      fresh.createObjectStore("chunks", { keyPath: ["memo", "index"] }).createIndex("memo", "memo");
      fresh.createObjectStore("answers", { keyPath: "path" });
    },
    terminated: () => location.reload(),
  });
  return {
    close: () => db.close(),

    visits: () => db.getAll("visits"),
    visit: (id: string) => db.get("visits", id),
    putVisit: (visit: KeptVisit) => db.put("visits", visit),
    forgetVisit: (id: string) => db.delete("visits", id),

    memos: () => db.getAll("memos"),
    memo: (id: string) => db.get("memos", id),
    memosOf: (visit: string) => db.getAllFromIndex("memos", "visit", visit),
    putMemo: (memo: KeptMemo) => db.put("memos", memo),

    /** Changes a memo in one transaction; nothing happens when it is gone. */
    async change(id: string, change: Partial<KeptMemo>): Promise<void> {
      const tx = db.transaction("memos", "readwrite");
      const memo = await tx.store.get(id);
      if (memo) await tx.store.put({ ...memo, ...change });
      await tx.done;
    },

    appendChunk: (memo: string, index: number, data: ArrayBuffer) => db.put("chunks", { memo, index, data }),

    /** The whole recording, chunks in order. */
    async sound(memo: string, mime: string): Promise<Blob> {
      const chunks = await db.getAll("chunks", IDBKeyRange.bound([memo, 0], [memo, Number.MAX_SAFE_INTEGER]));
      return new Blob(chunks.map((chunk) => chunk.data), { type: mime });
    },

    async chunkCount(memo: string): Promise<number> {
      return db.countFromIndex("chunks", "memo", memo);
    },

    /** Marks the memo as sent and drops its sound, both or neither. */
    async release(id: string, state: "sent" | "discarded"): Promise<void> {
      const tx = db.transaction(["memos", "chunks"], "readwrite");
      const memos = tx.objectStore("memos");
      const memo = await memos.get(id);
      if (memo) await memos.put({ ...memo, state, trouble: null, text: null });
      await tx.objectStore("chunks").delete(IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]));
      await tx.done;
    },

    async forgetMemo(id: string): Promise<void> {
      const tx = db.transaction(["memos", "chunks"], "readwrite");
      await tx.objectStore("memos").delete(id);
      await tx.objectStore("chunks").delete(IDBKeyRange.bound([id, 0], [id, Number.MAX_SAFE_INTEGER]));
      await tx.done;
    },

    remember: (path: string, body: unknown, at: number) => db.put("answers", { path, body, at }),
    remembered: (path: string) => db.get("answers", path),
    forgetAnswers: () => db.clear("answers"),
  };
}
