/**
 * What this phone keeps until the server has it: check-ins, memos and their chunks, in IndexedDB.
 * Chunks are ArrayBuffers: Safari has lost Blobs that were kept in IndexedDB.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { moved } from "../time/clock";
import type { Fix } from "../types";

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
  /** What is known of the clock that stamped it, see `settle`. */
  skew_ms?: number | null;
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
  skew_ms?: number | null;
  /** Bytes from the beginning that the server has taken in parts; absent as long as it goes whole. */
  sent_bytes?: number;
  /** Bytes of the whole, known once it is complete. */
  bytes?: number;
  /** No sound above a whisper came in: the microphone was covered, muted or dead. */
  silent?: boolean;
  /** Where it comes from when it was not recorded here: the name of the file that was shared. */
  shared?: string;
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
  const open = (): Promise<IDBPDatabase<Schema>> =>
    openDB<Schema>(name, 1, {
      upgrade(fresh) {
        fresh.createObjectStore("visits", { keyPath: "id" });
        fresh.createObjectStore("memos", { keyPath: "id" }).createIndex("visit", "visit");
        fresh.createObjectStore("chunks", { keyPath: ["memo", "index"] }).createIndex("memo", "memo");
        fresh.createObjectStore("answers", { keyPath: "path" });
      },
      // A phone that slept may have closed it; whoever is recording goes on with a new one.
      terminated: () => void open().then((again) => (db = again)),
    });
  let db = await open();
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

    /** A visit and what is said at it, both or neither. */
    async begin(visit: KeptVisit, memo: KeptMemo): Promise<void> {
      const tx = db.transaction(["visits", "memos"], "readwrite");
      await tx.objectStore("visits").put(visit);
      await tx.objectStore("memos").put(memo);
      await tx.done;
    },

    /** Changes a memo in one transaction; nothing happens when it is gone. */
    async change(id: string, change: Partial<KeptMemo>): Promise<void> {
      const tx = db.transaction("memos", "readwrite");
      const memo = await tx.store.get(id);
      if (memo) await tx.store.put({ ...memo, ...change });
      await tx.done;
    },

    /** Puts a stamp right, once: one made before the server was heard was by the phone's own clock alone. */
    async settle(kind: "visits" | "memos", id: string, skew_ms: number): Promise<void> {
      const tx = db.transaction(kind, "readwrite");
      const row = await tx.store.get(id);
      if (row && (row.skew_ms ?? null) === null) await tx.store.put({ ...row, at: moved(row.at, skew_ms), skew_ms } as never);
      await tx.done;
    },

    appendChunk: (memo: string, index: number, data: ArrayBuffer) => db.put("chunks", { memo, index, data }),

    /** Tries whether so many bytes can be written, and takes them away again. */
    async hasRoom(bytes: number): Promise<boolean> {
      const probe: [string, number] = ["", 0];
      try {
        await db.put("chunks", { memo: probe[0], index: probe[1], data: new ArrayBuffer(bytes) });
        await db.delete("chunks", probe);
        return true;
      } catch (error) {
        if (error instanceof DOMException) return false;
        throw error;
      }
    },

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
    /** Of the answers whose path fits, keeps so many of the newest. */
    async forgetOldest(fits: RegExp, keep: number): Promise<void> {
      const tx = db.transaction("answers", "readwrite");
      const found = (await tx.store.getAll()).filter((answer) => fits.test(answer.path)).sort((a, b) => b.at - a.at);
      for (const answer of found.slice(keep)) await tx.store.delete(answer.path);
      await tx.done;
    },
    forgetAnswers: () => db.clear("answers"),

    /** Gives up what can be had again, for a recording that needs the space; who this is stays known. */
    async makeRoom(): Promise<void> {
      const tx = db.transaction("answers", "readwrite");
      for (const path of await tx.store.getAllKeys()) if (path !== "/me") await tx.store.delete(path);
      await tx.done;
    },
  };
}
