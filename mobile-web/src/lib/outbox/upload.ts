/**
 * One recording's way to the server. A short one goes whole, in one request; a longer one in parts, each with its own
 * sum, and after a break it goes on where the server's own count ends. The receipt's sha256 must be that of the bytes
 * that are kept here, whichever way they went.
 */
import { Refused, Unreachable, type Exchange } from "../api/api";
import type { Digest } from "./digest";
import type { Receipt } from "../types";
import type { KeptMemo, Vault } from "./vault";

/** About half a minute of speech: what breaks off here costs little to send again. */
export const WHOLE_BYTES = 192 * 1024;
export const PART_BYTES = 256 * 1024;

export interface UploadParts {
  vault: Vault;
  exchange: Exchange;
  digest(blob: Blob): Promise<Digest>;
  /** Another part has arrived. */
  changed(): void;
}

const COMPLETE = "?1";
const UNFINISHED = "?0";
const kindOf = (memo: KeptMemo): string => memo.mime.split(";")[0] || "audio/webm";

export function memoPath(memo: KeptMemo, act = ""): string {
  const query = new URLSearchParams({ at: memo.at });
  if (act) query.set("type", kindOf(memo));
  if (memo.fix) {
    for (const [name, value] of Object.entries(memo.fix)) query.set(name, String(value));
  }
  return `/visits/${memo.visit}/memos/${memo.id}${act}?${query}`;
}

/** A proxy in between that takes no such request; the server itself would have said why. */
function takesNoParts(error: unknown): boolean {
  return error instanceof Refused && [404, 405, 411, 501].includes(error.status) && error.code.startsWith("status_");
}

/** The server has other bytes than it counted with: it is asked where it stands, or begun anew. */
function lostTrack(error: unknown): boolean {
  return error instanceof Refused && ["part_beyond", "part_differs"].includes(error.code);
}

/** Sends bytes from an offset on; answers with where the server stands then, and the receipt after the last. */
export async function sendPart(
  parts: UploadParts,
  memo: KeptMemo,
  body: Blob,
  offset: number,
  whole: { size: number; sum: Digest } | null,
): Promise<{ offset: number; receipt: Receipt | null }> {
  const headers: Record<string, string> = {
    "Content-Type": "application/partial-upload",
    "Upload-Offset": String(offset),
    "Upload-Complete": whole ? COMPLETE : UNFINISHED,
    "Content-Digest": (await parts.digest(body)).header,
  };
  if (whole) Object.assign(headers, { "Upload-Length": String(whole.size), "Repr-Digest": whole.sum.header });
  const answer = await parts.exchange<Receipt | undefined>(memoPath(memo, "/upload"), { method: "PATCH", body, headers });
  if (answer.body) return { offset: offset + body.size, receipt: answer.body };
  const reached = Number(answer.header("Upload-Offset") ?? Number.NaN);
  if (!(reached > offset)) throw new Unreachable("the part did not arrive");
  return { offset: reached, receipt: null };
}

async function sendWhole(parts: UploadParts, memo: KeptMemo, sound: Blob, sum: Digest): Promise<Receipt> {
  const headers = { "Content-Type": kindOf(memo), "Content-Digest": sum.header };
  return (await parts.exchange<Receipt>(memoPath(memo), { method: "PUT", body: sound, headers })).body;
}

/** What the server has already; asked only when it is not known from the last answer. */
async function reached(parts: UploadParts, memo: KeptMemo): Promise<number> {
  if (memo.failures === 0) return memo.sent_bytes ?? 0;
  const answer = await parts.exchange(memoPath(memo, "/upload"), { method: "HEAD" });
  return Number(answer.header("Upload-Offset") ?? 0);
}

async function sendInParts(parts: UploadParts, memo: KeptMemo, sound: Blob, sum: Digest): Promise<Receipt> {
  let offset = Math.min(await reached(parts, memo), sound.size);
  for (;;) {
    const end = Math.min(sound.size, offset + PART_BYTES);
    const whole = end === sound.size ? { size: sound.size, sum } : null;
    const sent = await sendPart(parts, memo, sound.slice(offset, end), offset, whole);
    if (sent.receipt) return sent.receipt;
    if (whole) throw new Unreachable("no receipt came");
    offset = Math.min(sent.offset, sound.size);
    await parts.vault.change(memo.id, { sent_bytes: offset });
    parts.changed();
  }
}

async function sent(parts: UploadParts, memo: KeptMemo, sound: Blob, sum: Digest): Promise<Receipt> {
  const long = sound.size > WHOLE_BYTES || (memo.sent_bytes ?? 0) > 0;
  if (!long) {
    try {
      return await sendWhole(parts, memo, sound, sum);
    } catch (error) {
      // A proxy that finds even this too large may let smaller parts pass.
      if (!(error instanceof Refused && error.code === "status_413")) throw error;
    }
  }
  try {
    return await sendInParts(parts, memo, sound, sum);
  } catch (error) {
    if (takesNoParts(error)) return sendWhole(parts, memo, sound, sum);
    throw error;
  }
}

/** Brings a recording to the server; throws unless the receipt is of these very bytes. */
export async function bring(parts: UploadParts, memo: KeptMemo): Promise<void> {
  const sound = await parts.vault.sound(memo.id, memo.mime);
  const sum = await parts.digest(sound);
  await parts.vault.change(memo.id, { bytes: sound.size });
  try {
    const receipt = await sent(parts, memo, sound, sum);
    if (receipt.sha256 !== sum.hex) throw new Unreachable("the receipt is of other bytes");
  } catch (error) {
    if (!lostTrack(error)) throw error;
    await parts.vault.change(memo.id, { sent_bytes: 0 });
    throw new Unreachable("the server stands elsewhere");
  }
}
