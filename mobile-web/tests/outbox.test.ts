import { expect, test } from "vitest";
import { sendAsNewVisit } from "../src/lib/outbox/outbox";
import { bench, keepRecording, memoOf, offline, refused, visitOf } from "./bench";

test("the check-in goes first, then the recording, and the sound is dropped after the matching receipt", async () => {
  const { outbox, vault, server, checkedIn } = await bench();
  await keepRecording(vault, { fix: { lat: 1, lon: 2, accuracy_m: 9, age_s: 3 } });
  expect(await outbox.flush("r1")).toBeNull();
  expect(server.paths()).toEqual(["PUT /visits/v1", "PUT /visits/v1/memos/m1"]);
  const put = server.sent[1];
  expect(await put?.call.body?.text()).toBe("aaaabbbbcccc");
  expect(put?.call.headers?.["Content-Type"]).toBe("audio/webm");
  expect(put?.call.headers?.["Content-Digest"]).toMatch(/^sha-256=:.+:$/);
  expect(put?.path).toContain("accuracy_m=9");
  expect((await vault.memo("m1"))?.state).toBe("sent");
  expect(await vault.chunkCount("m1")).toBe(0);
  expect(checkedIn).toHaveLength(1);
});

test("a receipt of other bytes keeps the sound", async () => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault);
  server.lieAboutSum = true;
  await outbox.flush("r1");
  expect((await vault.memo("m1"))?.state).toBe("kept");
  expect(await vault.chunkCount("m1")).toBe(3);
});

test("without an answer it waits longer each time, and goes at once when asked", async () => {
  const { outbox, vault, server, clock } = await bench();
  await keepRecording(vault);
  server.failures.set("/visits", offline());
  expect(await outbox.flush("r1")).toBe(2_000);
  expect(await outbox.flush("r1")).toBe(2_000);
  expect(server.sent).toHaveLength(1);
  clock.time += 2_000;
  expect(await outbox.flush("r1")).toBe(4_000);
  server.failures.clear();
  expect(await outbox.flush("r1", true)).toBeNull();
  expect((await vault.memo("m1"))?.state).toBe("sent");
});

test("one that cannot go holds nobody up", async () => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault);
  await keepRecording(vault, { id: "m2", visit: "v2" }, { id: "v2" });
  server.failures.set("/visits/v1", offline());
  await outbox.flush("r1");
  expect((await vault.memo("m1"))?.state).toBe("kept");
  expect((await vault.memo("m2"))?.state).toBe("sent");
});

test.each([500, 503, 429, 408])("status %i passes: it is tried again and says why", async (status) => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault);
  server.failures.set("/visits/v1/memos", refused(status, "busy"));
  await outbox.flush("r1");
  const memo = await vault.memo("m1");
  expect([memo?.state, memo?.failures, memo?.trouble?.code]).toEqual(["kept", 1, "busy"]);
});

test.each([400, 403, 409, 413, 415])("status %i is for a person: the sound stays and nothing is tried again", async (status) => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault);
  server.failures.set("/visits/v1/memos", refused(status, "approved"));
  expect(await outbox.flush("r1")).toBeNull();
  const memo = await vault.memo("m1");
  expect([memo?.state, memo?.trouble?.action]).toEqual(["refused", "Do something."]);
  expect(await vault.chunkCount("m1")).toBe(3);
});

test("a phone that was shut out stops and keeps everything", async () => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault);
  server.failures.set("/visits", refused(401, "bad_token"));
  await outbox.flush("r1");
  const memo = await vault.memo("m1");
  expect([memo?.state, memo?.failures]).toEqual(["kept", 0]);
  expect(outbox.going.size).toBe(0);
});

test("a server that lost the visit is told of it again", async () => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault, {}, { sent: true });
  server.failures.set("/visits/v1/memos", refused(404, "unknown_visit"));
  await outbox.flush("r1");
  server.failures.clear();
  await outbox.flush("r1", true);
  expect(server.paths()).toEqual(["PUT /visits/v1/memos/m1", "PUT /visits/v1", "PUT /visits/v1/memos/m1"]);
  expect((await vault.memo("m1"))?.state).toBe("sent");
});

test("a note goes with its own sum", async () => {
  const { outbox, vault, server } = await bench();
  await vault.putVisit(visitOf());
  await vault.putMemo(memoOf({ kind: "note", text: "Four cases of oat milk, déjà vu." }));
  await outbox.flush("r1");
  expect(server.paths()).toContain("PUT /visits/v1/notes/m1");
  expect((await vault.memo("m1"))?.state).toBe("sent");
});

test("the recording that is replaced goes only after the new one arrived", async () => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault, { id: "m2", replaces: "m1" }, { sent: true });
  server.failures.set("/visits/v1/memos/m2", offline());
  await outbox.flush("r1");
  expect(server.paths()).not.toContain("DELETE /visits/v1/memos/m1");
  server.failures.clear();
  await outbox.flush("r1", true);
  expect(server.paths().at(-1)).toBe("DELETE /visits/v1/memos/m1");
});

test("what another person recorded on this phone is not sent in their successor's name", async () => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault);
  expect(await outbox.flush("r2")).toBeNull();
  expect(server.sent).toEqual([]);
});

test("a recording that came too late for its visit becomes a visit of its own", async () => {
  const { outbox, vault, server } = await bench();
  await keepRecording(vault, { state: "refused" }, { sent: true });
  await sendAsNewVisit(vault, memoOf({ state: "refused" }));
  await outbox.flush("r1");
  expect(server.paths()).toHaveLength(2);
  expect(server.paths()[0]).not.toBe("PUT /visits/v1");
  expect((await vault.memo("m1"))?.state).toBe("sent");
});
