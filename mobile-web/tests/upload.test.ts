import { expect, test } from "vitest";
import { Refused } from "../src/lib/api/api";
import { PART_BYTES, WHOLE_BYTES } from "../src/lib/outbox/upload";
import { FIRST_BYTES, NEXT_BYTES, Stream } from "../src/lib/capture/stream";
import { digestOf } from "../src/lib/outbox/digest";
import { bench, memoOf, offline, refused, visitOf, type Bench } from "./bench";

const PATH = "/visits/v1/memos/m1/upload";

/** A recording of so many bytes, none like its neighbour. */
async function keepLong(on: Bench, bytes: number): Promise<Blob> {
  const data = Uint8Array.from({ length: bytes }, (_, index) => (index * 31) % 251);
  await on.vault.putVisit(visitOf());
  await on.vault.putMemo(memoOf());
  for (let start = 0, index = 0; start < bytes; start += 65_536, index += 1) {
    await on.vault.appendChunk("m1", index, data.slice(start, start + 65_536).buffer as ArrayBuffer);
  }
  return new Blob([data]);
}

const methods = (on: Bench): string[] => on.server.sent.map((one) => one.method);

test("a short recording goes in one request", async () => {
  const on = await bench();
  await keepLong(on, WHOLE_BYTES);
  await on.outbox.flush("r1");
  expect(on.server.paths()).toEqual(["PUT /visits/v1", "PUT /visits/v1/memos/m1"]);
});

test("a long one goes in parts, each with its sum, the last with that of the whole", async () => {
  const on = await bench();
  const sound = await keepLong(on, 2 * PART_BYTES + 5);
  await on.outbox.flush("r1");
  expect(methods(on)).toEqual(["PUT", "PATCH", "PATCH", "PATCH"]);
  const [, first, , last] = on.server.sent;
  expect(first?.call.headers).toMatchObject({ "Upload-Offset": "0", "Upload-Complete": "?0" });
  expect(first?.call.headers?.["Content-Digest"]).toBe((await digestOf(sound.slice(0, PART_BYTES))).header);
  expect(last?.call.headers).toMatchObject({ "Upload-Complete": "?1", "Upload-Length": String(sound.size) });
  expect(last?.call.headers?.["Repr-Digest"]).toBe((await digestOf(sound)).header);
  expect(last?.path).toContain("type=audio%2Fwebm");
  expect((await on.vault.memo("m1"))?.state).toBe("sent");
  expect(await on.vault.chunkCount("m1")).toBe(0);
});

test("after a break it goes on where the server's own count ends", async () => {
  const on = await bench();
  await keepLong(on, 2 * PART_BYTES);
  on.server.breakAfter = 1_000;
  await on.outbox.flush("r1");
  expect((await on.vault.memo("m1"))?.failures).toBe(1);
  on.server.sent.length = 0;
  await on.outbox.flush("r1", true);
  expect(methods(on)).toEqual(["HEAD", "PATCH", "PATCH"]);
  expect(on.server.sent[1]?.call.headers?.["Upload-Offset"]).toBe("1000");
  expect((await on.vault.memo("m1"))?.state).toBe("sent");
});

test("a server that lost the parts gets them again", async () => {
  const on = await bench();
  await keepLong(on, 2 * PART_BYTES);
  await on.vault.change("m1", { sent_bytes: PART_BYTES });
  await on.outbox.flush("r1");
  expect((await on.vault.memo("m1"))?.state).toBe("kept");
  await on.outbox.flush("r1", true);
  expect((await on.vault.memo("m1"))?.state).toBe("sent");
});

test("a proxy that knows no parts gets the whole", async () => {
  const on = await bench();
  await keepLong(on, PART_BYTES);
  on.server.failures.set("/upload", new Refused(405, "status_405", "", ""));
  await on.outbox.flush("r1");
  expect(on.server.paths().at(-1)).toBe("PUT /visits/v1/memos/m1");
  expect((await on.vault.memo("m1"))?.state).toBe("sent");
});

test("a proxy that finds the whole too large gets parts; one that finds them too large, too, leaves it to a person", async () => {
  const on = await bench();
  await keepLong(on, 10_000);
  on.server.failures.set("/memos/m1", new Refused(413, "status_413", "", ""));
  await on.outbox.flush("r1");
  expect((await on.vault.memo("m1"))?.state).toBe("sent");

  const other = await bench();
  await keepLong(other, 10_000);
  other.server.failures.set("/visits/v1/memos", new Refused(413, "status_413", "", ""));
  await other.outbox.flush("r1");
  expect((await other.vault.memo("m1"))?.state).toBe("refused");
  expect(await other.vault.chunkCount("m1")).toBe(1);
});

async function streaming(): Promise<Bench & { stream: Stream }> {
  const on = await bench();
  await on.vault.putVisit(visitOf());
  await on.vault.putMemo(memoOf({ state: "recording" }));
  const { vault, server, outbox } = on;
  const checkIn = (visit: string): Promise<void> => outbox.checkIn(visit);
  const parts = { vault, exchange: server.exchange, digest: digestOf, changed: () => undefined, checkIn };
  return { ...on, stream: new Stream(parts, "m1") };
}

test("what is said is sent while it is said, after the first seconds; what came meanwhile goes as one", async () => {
  const on = await streaming();
  on.stream.more(new ArrayBuffer(FIRST_BYTES - 1));
  expect(on.server.sent).toEqual([]);
  on.stream.more(new ArrayBuffer(1));
  on.stream.more(new ArrayBuffer(NEXT_BYTES));
  on.stream.more(new ArrayBuffer(10));
  await expect.poll(async () => (await on.vault.memo("m1"))?.sent_bytes).toBe(FIRST_BYTES + NEXT_BYTES + 10);
  await on.stream.end();
  expect(on.server.paths()).toEqual(["PUT /visits/v1", `PATCH ${PATH}`, `PATCH ${PATH}`]);
});

test("the end of a recording that was sent along is one request", async () => {
  const on = await streaming();
  const second = new Uint8Array(FIRST_BYTES).fill(7);
  await on.vault.appendChunk("m1", 0, second.buffer);
  on.stream.more(second.buffer);
  await expect.poll(async () => (await on.vault.memo("m1"))?.sent_bytes).toBe(FIRST_BYTES);
  await on.stream.end();
  await on.vault.appendChunk("m1", 1, new Uint8Array([1, 2, 3]).buffer);
  await on.vault.change("m1", { state: "kept" });
  on.server.sent.length = 0;
  await on.outbox.flush("r1");
  expect(methods(on)).toEqual(["PATCH"]);
  expect(on.server.sent[0]?.call.headers?.["Upload-Offset"]).toBe(String(FIRST_BYTES));
  expect(on.server.parts.get(PATH)?.size).toBe(FIRST_BYTES + 3);
  expect((await on.vault.memo("m1"))?.state).toBe("sent");
});

test.each([offline(), refused(500, "internal"), refused(401, "bad_token")])("a line that breaks leaves the rest to the outbox: %s", async (failure) => {
  const on = await streaming();
  on.server.failures.set("/upload", failure);
  on.stream.more(new ArrayBuffer(FIRST_BYTES));
  await expect.poll(() => on.server.sent.length).toBe(2);
  on.stream.more(new ArrayBuffer(FIRST_BYTES));
  await on.stream.end();
  expect(on.server.sent).toHaveLength(2);
  expect((await on.vault.memo("m1"))?.state).toBe("recording");
});

test("what was discarded is taken back from the server, too", async () => {
  const on = await streaming();
  await on.vault.change("m1", { state: "discarded", sent_bytes: 9 });
  const memo = await on.vault.memo("m1");
  on.server.failures.set("/upload", offline());
  if (memo) await on.outbox.forget(memo);
  expect(await on.vault.memo("m1")).toBeDefined();
  on.server.failures.clear();
  if (memo) await on.outbox.forget(memo);
  expect(on.server.paths().at(-1)).toBe(`DELETE ${PATH}`);
  expect(await on.vault.memo("m1")).toBeUndefined();
});
