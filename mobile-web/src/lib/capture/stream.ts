/**
 * Sends a recording while it is still being made, so that the server can listen along and little is left to send at
 * the end. It may fail at any moment: the recording is on this phone, and the outbox brings whatever is missing.
 */
import { Refused, Unreachable } from "../api/api";
import { sendPart, type UploadParts } from "../outbox/upload";
import type { KeptMemo } from "../outbox/vault";

/** A recording shorter than this goes in one request when it is done: about eight seconds. */
export const FIRST_BYTES = 48 * 1024;
/** About four seconds each. */
export const NEXT_BYTES = 24 * 1024;

export interface StreamParts extends UploadParts {
  /** Tells the server of the visit unless it knows. */
  checkIn(visit: string): Promise<void>;
}

export class Stream {
  private readonly waiting: ArrayBuffer[] = [];
  private bytes = 0;
  private offset = 0;
  private over = false;
  private busy = false;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: StreamParts,
    private readonly memo: string,
  ) {}

  /** Another second, on disk already. */
  more(data: ArrayBuffer): void {
    if (this.over) return;
    this.waiting.push(data);
    this.bytes += data.byteLength;
    if (!this.busy) this.work = this.pump();
  }

  /** On a slow line what came meanwhile goes as one. */
  private async pump(): Promise<void> {
    this.busy = true;
    while (!this.over && this.bytes >= (this.offset === 0 ? FIRST_BYTES : NEXT_BYTES)) {
      const body = new Blob(this.waiting.splice(0));
      this.bytes = 0;
      await this.send(body);
    }
    this.busy = false;
  }

  /** No more is sent; answers when what is under way has come through or failed. */
  end(): Promise<void> {
    this.over = true;
    return this.work;
  }

  private async send(body: Blob): Promise<void> {
    try {
      const memo = (await this.parts.vault.memo(this.memo)) as KeptMemo;
      await this.parts.checkIn(memo.visit);
      const { offset } = await sendPart(this.parts, memo, body, this.offset, null);
      if (offset !== this.offset + body.size) throw new Unreachable("the server stands elsewhere");
      this.offset = offset;
      await this.parts.vault.change(this.memo, { sent_bytes: offset });
    } catch (error) {
      if (!(error instanceof Refused) && !(error instanceof Unreachable)) throw error;
      // The rest goes when the recording is done; until then the line is left to what is waiting already.
      this.over = true;
      this.waiting.length = 0;
    }
  }
}
