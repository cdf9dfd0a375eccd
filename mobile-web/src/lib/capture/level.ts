/** How loud it is now, and whether the microphone hears anything at all. */

export type Hearing = "fine" | "silent" | "clipped";

/** Root mean square below which nobody can be speaking; a quiet car is around 0.004, speech above 0.02. */
const SILENT_RMS = 0.0015;
const SILENT_AFTER_MS = 4_000;
const CLIPPED_PEAK = 0.985;
/** A shout now and then is fine; this share of clipped looks in the last ones is not. */
const CLIPPED_SHARE = 0.3;
const LOOKS = 30;

/** Judges a run of levels; pure, so that it can be tested without a microphone. */
export class Ear {
  private heardAt: number | null = null;
  private heard = false;
  private looks = 0;
  private readonly clips: boolean[] = [];

  feed(rms: number, peak: number, now: number): Hearing {
    this.looks += 1;
    if (rms > SILENT_RMS) this.heard = true;
    if (this.heardAt === null || rms > SILENT_RMS) this.heardAt = now;
    this.clips.push(peak >= CLIPPED_PEAK);
    if (this.clips.length > LOOKS) this.clips.shift();
    if (now - this.heardAt > SILENT_AFTER_MS) return "silent";
    const share = this.clips.filter(Boolean).length / LOOKS;
    return share > CLIPPED_SHARE ? "clipped" : "fine";
  }

  /** Nothing at all was heard from beginning to end. */
  get deaf(): boolean {
    return this.looks >= LOOKS && !this.heard;
  }
}

export interface Level {
  rms: number;
  peak: number;
}

/** Reads the level of a stream until `close`. */
export class Meter {
  private readonly context = new AudioContext();
  private readonly analyser = this.context.createAnalyser();
  private readonly samples: Float32Array<ArrayBuffer>;

  constructor(stream: MediaStream) {
    this.analyser.fftSize = 1024;
    this.samples = new Float32Array(this.analyser.fftSize);
    this.context.createMediaStreamSource(stream).connect(this.analyser);
    void this.context.resume();
  }

  /** Null while the browser holds the meter back; the recording runs all the same. */
  read(): Level | null {
    if (this.context.state !== "running") return null;
    this.analyser.getFloatTimeDomainData(this.samples);
    let squares = 0;
    let peak = 0;
    for (const sample of this.samples) {
      squares += sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    return { rms: Math.sqrt(squares / this.samples.length), peak };
  }

  close(): void {
    void this.context.close();
  }
}
