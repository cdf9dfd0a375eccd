import { expect, test, vi } from "vitest";
import { cutOff, MicError, Recording, type RecorderParts } from "../src/lib/capture/recorder";
import { freshVault, HandClock, memoOf } from "./bench";

class Track {
  onended: (() => void) | null = null;
  stopped = false;
  stop(): void {
    this.stopped = true;
  }
}

class Microphone {
  readonly track = new Track();
  getAudioTracks = (): Track[] => [this.track];
  getTracks = (): Track[] => [this.track];
}

class FakeRecorder {
  state = "inactive";
  mimeType = "audio/mp4";
  slice = 0;
  ondataavailable: ((event: { data: Blob }) => void) | null = null;
  onstop: (() => void) | null = null;
  onerror: (() => void) | null = null;
  start(slice: number): void {
    this.state = "recording";
    this.slice = slice;
  }
  say(words: string): void {
    this.ondataavailable?.({ data: new Blob([words]) });
  }
  stop(): void {
    this.state = "inactive";
    this.say("last");
    this.onstop?.();
  }
}

async function studio() {
  const [vault, clock, microphone, recorder] = [await freshVault(), new HandClock(), new Microphone(), new FakeRecorder()];
  const supports = vi.fn((mime: string) => mime.startsWith("audio/mp4"));
  const parts: RecorderParts = {
    vault, clock, supports,
    microphone: async () => microphone as unknown as MediaStream,
    recorder: () => recorder as unknown as MediaRecorder,
  };
  await vault.putMemo(memoOf({ state: "recording", mime: "" }));
  return { vault, clock, microphone, recorder, parts };
}

test("each second is on disk as it comes, and the end marks it complete", async () => {
  const { vault, clock, recorder, microphone, parts } = await studio();
  const recording = await Recording.start(parts, "m1");
  expect(recorder.slice).toBe(1_000);
  recorder.say("one");
  recorder.say("");
  recorder.say("two");
  await vi.waitFor(async () => expect(await vault.chunkCount("m1")).toBe(2));
  expect((await vault.memo("m1"))?.state).toBe("recording");
  clock.time += 2_500;
  await recording.stop();
  const memo = await vault.memo("m1");
  expect([memo?.state, memo?.mime, memo?.length_s]).toEqual(["kept", "audio/mp4", 2.5]);
  expect(await (await vault.sound("m1", "audio/mp4")).text()).toBe("onetwolast");
  expect(microphone.track.stopped).toBe(true);
});

test("a phone call ends it by itself", async () => {
  const { recorder, microphone, parts, vault } = await studio();
  const recording = await Recording.start(parts, "m1");
  const interrupted = vi.fn(() => void recording.stop());
  recording.onInterrupted = interrupted;
  recorder.say("one");
  microphone.track.onended?.();
  expect(interrupted).toHaveBeenCalledOnce();
  await vi.waitFor(async () => expect((await vault.memo("m1"))?.state).toBe("kept"));
});

test("a full phone is said at once; what was written stays", async () => {
  const { vault, recorder, parts } = await studio();
  const full = vi.fn();
  const failing = { ...vault, appendChunk: () => Promise.reject(new DOMException("full", "QuotaExceededError")) };
  const recording = await Recording.start({ ...parts, vault: failing }, "m1");
  recording.onFull = full;
  recorder.say("one");
  await recording.stop();
  expect(full).toHaveBeenCalled();
  expect((await vault.memo("m1"))?.state).toBe("kept");
});

test("a second that finds no room is held and written when there is room again", async () => {
  const { vault, recorder, parts } = await studio();
  let room = false;
  const makeRoom = vi.fn(vault.makeRoom);
  const appendChunk = vi.fn((memo: string, index: number, data: ArrayBuffer) =>
    room ? vault.appendChunk(memo, index, data) : Promise.reject(new DOMException("full", "QuotaExceededError")),
  );
  const recording = await Recording.start({ ...parts, vault: { ...vault, appendChunk, makeRoom } as typeof vault }, "m1");
  recorder.say("one");
  recorder.say("two");
  await vi.waitFor(() => expect(makeRoom).toHaveBeenCalled());
  room = true;
  await recording.stop();
  expect(await (await vault.sound("m1", "audio/mp4")).text()).toBe("onetwolast");
});

test("a trial write says whether there is room, and leaves nothing behind", async () => {
  const vault = await freshVault();
  expect(await vault.hasRoom(1_000)).toBe(true);
  expect(await vault.chunkCount("")).toBe(0);
});

test("a page that goes writes the second that is under way", async () => {
  const { recorder, parts } = await studio();
  const requestData = vi.fn();
  const recording = await Recording.start({ ...parts, recorder: () => Object.assign(recorder, { requestData }) as unknown as MediaRecorder }, "m1");
  recording.saveNow();
  expect(requestData).toHaveBeenCalledOnce();
});

test.each([
  ["NotAllowedError", "refused"],
  ["NotFoundError", "none"],
  ["NotReadableError", "busy"],
])("%s is told as %s", async (name, kind) => {
  const { parts } = await studio();
  const microphone = (): Promise<MediaStream> => Promise.reject(new DOMException("no", name));
  const started = Recording.start({ ...parts, microphone }, "m1");
  await expect(started).rejects.toSatisfy((error) => error instanceof MicError && error.kind === kind);
});

test("a recording cut off by a crash is found again, one in another tab is left alone", async () => {
  const vault = await freshVault();
  for (const id of ["crashed", "running", "empty"]) await vault.putMemo(memoOf({ id, state: "recording" }));
  for (const [id, chunks] of [["crashed", 4], ["running", 2]] as const) {
    for (let index = 0; index < chunks; index += 1) await vault.appendChunk(id, index, new ArrayBuffer(8));
  }
  expect(await cutOff(vault, new Set(["running"]))).toEqual(["crashed"]);
  expect((await vault.memo("crashed"))?.length_s).toBe(4);
  expect(await vault.memo("empty")).toBeUndefined();
  expect((await vault.memo("running"))?.state).toBe("recording");
});
