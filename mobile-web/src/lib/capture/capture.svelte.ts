/** A visit being recorded on this phone: ready, recording, sent. At most one at a time. */
import { serverClock } from "../time/clock";
import { Ear, Meter, type Hearing, type Level } from "./level";
import { flush, forgetLater, kept, refreshKept, streamOf } from "../outbox/outbox.svelte";
import { keepForGood, recordingLock, stayAwake, vault } from "../outbox/phone";
import { fixNow } from "../place/place.svelte";
import { MicError, Recording, type MicTrouble, type RecorderParts } from "./recorder";
import { systemClock } from "../outbox/retry";
import { session } from "../api/session.svelte";
import { stamp } from "../time/stamp";
import type { Fix } from "../types";
import type { Stream } from "./stream";
import type { KeptMemo, KeptVisit } from "../outbox/vault";

type Phase = "ready" | "starting" | "recording" | "sent";

interface Capture {
  phase: Phase;
  /** The customer picked by hand; null leaves it to place and speech. */
  picked: { id: string; name: string } | null;
  visit: string | null;
  /** It is said to a visit that was there before. */
  target: boolean;
  memo: string | null;
  customerName: string | null;
  trouble: MicTrouble | null;
  full: boolean;
  /** Why it ended without the rep: a call, or the microphone is no longer allowed. */
  interrupted: "call" | "taken" | null;
}

export const capture = $state<Capture>({
  phase: "ready",
  picked: null,
  visit: null,
  target: false,
  memo: null,
  customerName: null,
  trouble: null,
  full: false,
  interrupted: null,
});

interface Running {
  recording: Recording;
  stream: Stream;
  ear: Ear;
  meter: Meter;
  release: () => void;
  sleep: () => void;
}

let running: Running | null = null;
/** A visit that the server knows already, whose recording was discarded: what is said next belongs to it. */
let lonely: string | null = null;

export function elapsed(): number {
  return running?.recording.seconds ?? 0;
}

/** How loud it is now; null when nothing runs, or as long as the browser does not say. */
export function hear(): { level: Level | null; hearing: Hearing } {
  if (!running) return { level: null, hearing: "fine" };
  if (running.recording.muted) return { level: { rms: 0, peak: 0 }, hearing: "silent" };
  const level = running.meter.read();
  return { level, hearing: level ? running.ear.feed(level.rms, level.peak, performance.now()) : "fine" };
}

async function microphone(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw new MicError(isSecureContext ? "unsupported" : "insecure");
  return navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: false, noiseSuppression: true, autoGainControl: true },
  });
}

async function parts(): Promise<RecorderParts> {
  return {
    vault: await vault(),
    clock: systemClock,
    microphone,
    recorder: (stream, options) => new MediaRecorder(stream, options),
    supports: (mime) => MediaRecorder.isTypeSupported(mime),
  };
}

/** What a memo belongs to: a new visit here and now, or one that exists. */
export interface Target {
  visit?: string;
  replaces?: string;
  /** Shown while recording; the server decides what it really was. */
  likely: string | null;
}

/** The visit that it is said to: the one that was asked for, one whose recording was discarded, or a new one. */
async function visitOf(target: Target, at: string, fix: Fix | null): Promise<KeptVisit> {
  const goal = target.visit ?? lonely;
  lonely = null;
  const known = goal ? await (await vault()).visit(goal) : undefined;
  const { picked } = capture;
  if (known && !target.visit && picked) return { ...known, customer: picked.id, customerName: picked.name, sent: false };
  return (
    known ?? {
      id: target.visit ?? crypto.randomUUID(),
      rep: session.me?.employee.id ?? "",
      at,
      position: fix,
      customer: picked?.id ?? null,
      customerName: picked?.name ?? target.likely,
      sent: target.visit !== undefined,
      // Null when the server was not heard since this page was opened: it is then put right when it is sent.
      skew_ms: serverClock.skew_ms,
    }
  );
}

async function begin(kind: "voice" | "note", text: string | null, target: Target): Promise<KeptMemo> {
  const [at, fix] = [stamp(new Date(serverClock.now())), fixNow()];
  const visit = await visitOf(target, at, fix);
  const memo: KeptMemo = {
    id: crypto.randomUUID(),
    visit: visit.id,
    kind,
    at,
    fix,
    text,
    mime: "",
    length_s: 0,
    state: kind === "note" ? "kept" : "recording",
    replaces: target.replaces ?? null,
    failures: 0,
    nextAt: 0,
    trouble: null,
    skew_ms: serverClock.skew_ms,
  };
  await (await vault()).begin(visit, memo);
  capture.visit = visit.id;
  capture.target = target.visit !== undefined;
  capture.memo = memo.id;
  capture.customerName = visit.customerName;
  return memo;
}

/** Check-in and memo are on disk before the microphone is asked for. */
export async function record(target: Target): Promise<void> {
  if (capture.phase === "starting" || capture.phase === "recording") return;
  Object.assign(capture, { phase: "starting", trouble: null, full: false, interrupted: null });
  void keepForGood();
  const memo = await beginOrFull(target);
  if (!memo) return;
  const release = await recordingLock(memo.id);
  try {
    const recording = await Recording.start(await parts(), memo.id);
    const stream = await streamOf(memo.id);
    recording.onInterrupted = () => void interrupted();
    recording.onFull = () => (capture.full = true);
    recording.onKept = (data) => {
      capture.full = false;
      stream.more(data);
    };
    running = { recording, stream, ear: new Ear(), meter: new Meter(recording.stream), release, sleep: stayAwake() };
    capture.phase = "recording";
  } catch (error) {
    release();
    await (await vault()).forgetMemo(memo.id);
    await forgetLonely(memo.visit);
    capture.phase = "ready";
    if (!(error instanceof MicError)) throw error;
    capture.trouble = error.kind;
  }
}

/** The row of a recording; on a phone without any room left nothing is begun, and that is said. */
async function beginOrFull(target: Target): Promise<KeptMemo | null> {
  const store = await vault();
  try {
    return await begin("voice", null, target).catch(() => store.makeRoom().then(() => begin("voice", null, target)));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    Object.assign(capture, { phase: "ready", trouble: "full" });
    return null;
  }
}

/** The sound ended by itself; what was said is kept, and the screen says why. */
async function interrupted(): Promise<void> {
  const state = await navigator.permissions?.query({ name: "microphone" as PermissionName }).catch(() => null);
  capture.interrupted = state?.state === "denied" ? "taken" : "call";
  await stop();
}

async function forgetLonely(visit: string): Promise<void> {
  const store = await vault();
  if ((await store.memosOf(visit)).length === 0) await store.forgetVisit(visit);
}

async function end(how: (recording: Recording) => Promise<void>): Promise<void> {
  const now = running;
  if (!now) return;
  running = null;
  now.meter.close();
  now.sleep();
  await how(now.recording);
  await now.stream.end();
  now.release();
  await refreshKept();
}

/** The first fix often comes while the rep talks already; a visit that has one keeps it. */
async function placeLate(): Promise<void> {
  const [fix, store] = [fixNow(), await vault()];
  if (!fix || !capture.memo || !capture.visit) return;
  const memo = await store.memo(capture.memo);
  if (memo && !memo.fix) await store.change(memo.id, { fix });
  const visit = await store.visit(capture.visit);
  if (visit && !visit.position) await store.putVisit({ ...visit, position: fix, sent: false });
}

export async function stop(): Promise<void> {
  if (!running) return;
  await placeLate();
  const silent = running.ear.deaf;
  await end((recording) => recording.stop({ silent }));
  capture.phase = "sent";
  void flush(true);
}

/** Answers with the memo, so that it can be taken back. */
export async function discard(): Promise<string | null> {
  await end((recording) => recording.discard());
  capture.phase = "ready";
  const { memo, visit } = capture;
  const row = visit ? await (await vault()).visit(visit) : undefined;
  if (row?.sent && !capture.target) lonely = row.id;
  if (memo) forgetLater(memo);
  return memo;
}

/** A page that is about to be put away, or killed, writes the second that is under way. */
export function startCapture(): void {
  const save = (): void => running?.recording.saveNow();
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  addEventListener("pagehide", save);
}

export async function sendNote(text: string, target: Target): Promise<void> {
  await begin("note", text, target);
  await refreshKept();
  capture.phase = "sent";
  void flush(true);
}

/** Back to the start, for the next visit. */
export function reset(): void {
  Object.assign(capture, { phase: "ready", picked: null, visit: null, memo: null, customerName: null, trouble: null });
}

/** A recording that came in from another app is followed like one that was made here. */
export async function showShared(id: string): Promise<void> {
  const memo = await (await vault()).memo(id);
  await refreshKept();
  if (!memo || capture.phase !== "ready") return;
  Object.assign(capture, { phase: "sent", visit: memo.visit, memo: memo.id, customerName: null });
  void flush(true);
}

export function keptOfCapture(): { visit: KeptVisit | undefined; memo: KeptMemo | undefined } {
  return {
    visit: kept.visits.find((visit) => visit.id === capture.visit),
    memo: kept.memos.find((memo) => memo.id === capture.memo),
  };
}
