import { expect, test } from "vitest";
import { keepShared, soundType } from "../src/lib/capture/share";
import { bench, freshVault } from "./bench";

const NOW = Date.parse("2026-03-10T14:05:00Z");

function shared(...files: File[]): FormData {
  const form = new FormData();
  for (const file of files) form.append("sound", file);
  return form;
}

test("a voice memo of another app becomes a visit of its own, at the moment it was recorded, and is sent", async () => {
  const { vault, outbox, server } = await bench();
  const file = new File(["hello ".repeat(60_000)], "Visit.m4a", { type: "audio/x-m4a", lastModified: NOW - 600_000 });
  const id = await keepShared(vault, shared(file), "r1", NOW);
  const memo = await vault.memo(id ?? "");
  expect(memo).toMatchObject({ state: "kept", kind: "voice", mime: "audio/x-m4a", shared: "Visit.m4a" });
  expect(Date.parse(memo?.at ?? "")).toBe(NOW - 600_000);
  expect(await vault.chunkCount(id ?? "")).toBe(2);
  expect((await vault.visit(memo?.visit ?? ""))?.position).toBeNull();
  expect(await (await vault.sound(id ?? "", "")).text()).toBe("hello ".repeat(60_000));
  await outbox.flush("r1");
  expect((await vault.memo(id ?? ""))?.state).toBe("sent");
  expect(server.paths()[0]).toMatch(/^PUT \/visits\//);
});

test("an old file, or one from the future, counts from the moment of sharing", async () => {
  const vault = await freshVault();
  for (const lastModified of [NOW - 30 * 24 * 3_600_000, NOW + 60_000]) {
    const id = await keepShared(vault, shared(new File(["x"], "a.ogg", { type: "", lastModified })), "r1", NOW);
    expect(Date.parse((await vault.memo(id ?? ""))?.at ?? "")).toBe(NOW);
  }
});

test("several make several visits; what holds no sound makes none", async () => {
  const vault = await freshVault();
  const form = shared(new File(["x"], "a.mp3", { type: "audio/mpeg" }), new File(["y"], "b.opus"), new File(["z"], "c.pdf", { type: "application/pdf" }));
  expect(await keepShared(vault, form, "r1", NOW)).not.toBeNull();
  expect(await vault.visits()).toHaveLength(2);
  expect(await keepShared(vault, shared(new File([], "empty.m4a")), "r1", NOW)).toBeNull();
});

test.each([
  ["voice.opus", "application/ogg", "audio/ogg"],
  ["voice.m4a", "", "audio/mp4"],
  ["clip.mp4", "video/mp4", "video/mp4"],
  ["voice.ogg", "audio/ogg; codecs=opus", "audio/ogg"],
  ["text.txt", "text/plain", null],
])("%s (%s) is taken as %s", (name, type, mime) => {
  expect(soundType({ name, type })).toBe(mime);
});
