/** Records into the vault second by second, so that a crash loses the last second and no more. */
import type { Clock } from "../outbox/retry";
import type { KeptMemo, Vault } from "../outbox/vault";

/** Milliseconds of sound in each chunk. */
export const SLICE_MS = 1_000;

const MIMES = ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/webm", "audio/ogg;codecs=opus"];

export type MicTrouble = "refused" | "none" | "busy" | "insecure" | "unsupported" | "full";

export class MicError extends Error {
  constructor(readonly kind: MicTrouble) {
    super(kind);
  }
}

export interface RecorderParts {
  vault: Vault;
  clock: Clock;
  microphone(): Promise<MediaStream>;
  recorder(stream: MediaStream, options: MediaRecorderOptions): MediaRecorder;
  supports(mime: string): boolean;
}

/** Why the browser gave no microphone. */
export function micTrouble(error: unknown): MicError {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return new MicError("refused");
  if (name === "NotFoundError" || name === "OverconstrainedError") return new MicError("none");
  if (name === "NotReadableError" || name === "AbortError") return new MicError("busy");
  if (name === "QuotaExceededError") return new MicError("full");
  return new MicError("unsupported");
}

/** One recording: started once, ended once, by the rep, by a phone call or by the page going away. */
export class Recording {
  /** Called when the sound ends without the rep: a phone call, a microphone pulled out or no longer allowed. */
  onInterrupted: () => void = () => {};
  /** Called when a chunk could not be written; it is held here and tried again with the next. */
  onFull: () => void = () => {};
  /** Called with each second that is on disk. */
  onKept: (data: ArrayBuffer) => void = () => {};

  private count = 0;
  /** Seconds that did not find room, oldest first. */
  private readonly homeless: { index: number; data: ArrayBuffer }[] = [];
  private writes: Promise<void> = Promise.resolve();
  private readonly startedAt: number;
  private readonly ended: Promise<void>;

  private constructor(
    private readonly parts: RecorderParts,
    readonly memo: string,
    readonly stream: MediaStream,
    private readonly recorder: MediaRecorder,
  ) {
    this.startedAt = parts.clock.now();
    recorder.ondataavailable = (event) => this.keep(event.data);
    this.ended = new Promise((resolve) => (recorder.onstop = () => resolve()));
    for (const track of stream.getAudioTracks()) track.onended = () => this.onInterrupted();
    recorder.onerror = () => this.onInterrupted();
    recorder.start(SLICE_MS);
  }

  /** Opens the microphone and starts; the memo's row is in the vault already. */
  static async start(parts: RecorderParts, memo: string): Promise<Recording> {
    let stream: MediaStream;
    try {
      stream = await parts.microphone();
    } catch (error) {
      throw error instanceof MicError ? error : micTrouble(error);
    }
    const mimeType = MIMES.find((mime) => parts.supports(mime));
    const options: MediaRecorderOptions = { audioBitsPerSecond: 48_000 };
    if (mimeType) options.mimeType = mimeType;
    const recorder = parts.recorder(stream, options);
    const recording = new Recording(parts, memo, stream, recorder);
    await parts.vault.change(memo, { mime: recorder.mimeType || mimeType || "audio/webm" });
    return recording;
  }

  get seconds(): number {
    return (this.parts.clock.now() - this.startedAt) / 1000;
  }

  /** The microphone is there but sends nothing: switched off by a key, or taken by a call that rings. */
  get muted(): boolean {
    return this.stream.getAudioTracks().some((track) => track.muted);
  }

  /** Writes what has been said up to now, because the page may be about to go. */
  saveNow(): void {
    if (this.recorder.state === "recording") this.recorder.requestData();
  }

  private keep(data: Blob): void {
    if (data.size === 0) return;
    const index = this.count++;
    this.writes = this.writes.then(async () => {
      this.homeless.push({ index, data: await data.arrayBuffer() });
      await this.settle();
    });
  }

  /** Writes what waits, in order; what finds no room stays until the next second. */
  private async settle(): Promise<void> {
    for (let next = this.homeless[0]; next; next = this.homeless[0]) {
      if (!(await this.written(next.index, next.data))) return this.onFull();
      this.homeless.shift();
      this.onKept(next.data);
    }
  }

  private async written(index: number, data: ArrayBuffer): Promise<boolean> {
    const { vault } = this.parts;
    try {
      await vault.appendChunk(this.memo, index, data);
      return true;
    } catch {
      await vault.makeRoom().catch(() => undefined);
      return vault.appendChunk(this.memo, index, data).then(
        () => true,
        () => false,
      );
    }
  }

  /** Ends it and marks the memo as complete; answers when the last chunk is on disk. */
  async stop(more: Partial<KeptMemo> = {}): Promise<void> {
    const length_s = this.seconds;
    await this.end();
    await this.parts.vault.change(this.memo, { ...more, state: "kept", length_s, nextAt: 0 });
  }

  async discard(): Promise<void> {
    await this.end();
    await this.parts.vault.change(this.memo, { state: "discarded", length_s: this.seconds });
  }

  private async end(): Promise<void> {
    if (this.recorder.state !== "inactive") {
      this.recorder.stop();
      await this.ended;
    }
    for (const track of this.stream.getTracks()) track.stop();
    await this.writes;
    await this.settle();
  }
}

/** Recordings that were under way when a page died: memo ids with sound, unless another tab is at it. */
export async function cutOff(vault: Vault, busy: Set<string>): Promise<string[]> {
  const found: string[] = [];
  for (const memo of await vault.memos()) {
    if (memo.state !== "recording" || busy.has(memo.id)) continue;
    const chunks = await vault.chunkCount(memo.id);
    if (chunks === 0) {
      await vault.forgetMemo(memo.id);
      continue;
    }
    await vault.change(memo.id, { length_s: (chunks * SLICE_MS) / 1000 });
    found.push(memo.id);
  }
  return found;
}
