/** A voice memo that another app recorded, shared into the outbox: from then on it is like one recorded here. */
import { stamp } from "../time/stamp";
import type { KeptMemo, Vault } from "../outbox/vault";

export const SHARE_PATH = "/share";

/** As large as a part of an upload, so that no single row is huge. */
const CHUNK_BYTES = 256 * 1024;
/** A file that is older was hardly recorded at the visit that the rep is coming from; then the moment of sharing counts. */
const RECENT_MS = 3 * 24 * 3_600_000;

/** Phones name what they record in many ways; the server takes audio and two kinds of video files that hold sound. */
const BY_NAME: Record<string, string> = {
  m4a: "audio/mp4", mp4: "audio/mp4", aac: "audio/aac", mp3: "audio/mpeg", ogg: "audio/ogg", oga: "audio/ogg", opus: "audio/ogg",
  wav: "audio/wav", webm: "audio/webm", amr: "audio/amr", "3gp": "audio/3gpp", "3gpp": "audio/3gpp", flac: "audio/flac",
};

export function soundType(file: { name: string; type: string }): string | null {
  const type = file.type.split(";")[0] ?? "";
  if (/^audio\/[a-z0-9.+-]+$/i.test(type) || type === "video/mp4" || type === "video/webm") return type;
  return BY_NAME[file.name.split(".").at(-1)?.toLowerCase() ?? ""] ?? null;
}

async function keepFile(vault: Vault, file: File, mime: string, rep: string, now: number): Promise<string> {
  const recent = file.lastModified <= now && now - file.lastModified < RECENT_MS;
  const at = stamp(new Date(recent ? file.lastModified : now));
  const [visit, id] = [crypto.randomUUID(), crypto.randomUUID()];
  const memo: KeptMemo = {
    id, visit, kind: "voice", at, fix: null, text: null, mime, length_s: 0, state: "recording", replaces: null, failures: 0,
    nextAt: 0, trouble: null, shared: file.name,
  };
  await vault.begin({ id: visit, rep, at, position: null, customer: null, customerName: null, sent: false }, memo);
  for (let start = 0, index = 0; start < file.size; start += CHUNK_BYTES, index += 1) {
    await vault.appendChunk(id, index, await file.slice(start, start + CHUNK_BYTES).arrayBuffer());
  }
  await vault.change(id, { state: "kept" });
  return id;
}

/** Every sound in the form becomes a visit of its own; answers with the first memo, or null when there was none. */
export async function keepShared(vault: Vault, form: FormData, rep: string, now: number): Promise<string | null> {
  let first: string | null = null;
  for (const value of form.getAll("sound")) {
    if (typeof value === "string" || value.size === 0) continue;
    const mime = soundType(value);
    if (mime) {
      const memo = await keepFile(vault, value, mime, rep, now);
      first ??= memo;
    }
  }
  return first;
}
