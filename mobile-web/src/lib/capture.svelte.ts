/** A visit being recorded on this phone: ready, recording, sent. At most one at a time. */
import { Meter } from "./level";
import { kept, flush, refreshKept } from "./outbox.svelte";
import { recordingLock, stayAwake, vault } from "./phone";
import { fixNow } from "./place.svelte";
import { MicError, Recording, type MicTrouble, type RecorderParts } from "./recorder";
import { systemClock } from "./retry";
import { session } from "./session.svelte";
import { stamp } from "./moments";
import type { KeptMemo, KeptVisit } from "./vault";

type Phase = "ready" | "starting" | "recording" | "sent";

interface Capture {
  phase: Phase;
  /** The customer picked by hand; null leaves it to place and speech. */
  picked: { id: string; name: string } | null;
  visit: string | null;
  memo: string | null;
  customerName: string | null;
  trouble: MicTrouble | null;
  full: boolean;
  interrupted: boolean;
}

export const capture = $state<Capture>({
  phase: "ready",
  picked: null,
  visit: null,
  memo: null,
  customerName: null,
  trouble: null,
  full: false,
  interrupted: false,
});

interface Running {
  recording: Recording;
  meter: Meter;
  release: () => void;
  sleep: () => void;
}

let running: Running | null = null;

export function elapsed(): number {
  return running?.recording.seconds ?? 0;
}

export function meter(): Meter | null {
  return running?.meter ?? null;
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

async function begin(kind: "voice" | "note", text: string | null, target: Target): Promise<KeptMemo> {
  const store = await vault();
  const at = stamp();
  const fix = fixNow();
  const visit: KeptVisit = {
    id: target.visit ?? crypto.randomUUID(),
    rep: session.me?.employee.id ?? "",
    at,
    position: fix,
    customer: capture.picked?.id ?? null,
    customerName: capture.picked?.name ?? target.likely,
    sent: target.visit !== undefined && !(await store.visit(target.visit)),
  };
  const known = target.visit ? await store.visit(target.visit) : undefined;
  await store.putVisit(known ?? visit);
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
  };
  await store.putMemo(memo);
  capture.visit = visit.id;
  capture.memo = memo.id;
  capture.customerName = (known ?? visit).customerName;
  return memo;
}

/** Check-in and memo are on disk before the microphone is asked for. */
export async function record(target: Target): Promise<void> {
  if (capture.phase === "starting" || capture.phase === "recording") return;
  Object.assign(capture, { phase: "starting", trouble: null, full: false, interrupted: false });
  const memo = await begin("voice", null, target);
  const release = await recordingLock(memo.id);
  try {
    const recording = await Recording.start(await parts(), memo.id);
    recording.onInterrupted = () => {
      capture.interrupted = true;
      void stop();
    };
    recording.onFull = () => (capture.full = true);
    running = { recording, meter: new Meter(recording.stream), release, sleep: stayAwake() };
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
  if (visit && !visit.sent && !visit.position) await store.putVisit({ ...visit, position: fix });
}

export async function stop(): Promise<void> {
  if (!running) return;
  await placeLate();
  await end((recording) => recording.stop());
  capture.phase = "sent";
  void flush(true);
}

/** Answers with the memo, so that it can be taken back. */
export async function discard(): Promise<string | null> {
  await end((recording) => recording.discard());
  capture.phase = "ready";
  return capture.memo;
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

export function keptOfCapture(): { visit: KeptVisit | undefined; memo: KeptMemo | undefined } {
  return {
    visit: kept.visits.find((visit) => visit.id === capture.visit),
    memo: kept.memos.find((memo) => memo.id === capture.memo),
  };
}
