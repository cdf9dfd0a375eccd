/** SHA-256 of what is sent: hexadecimal for the receipt, base64 for the Content-Digest header (RFC 9530). */

export interface Digest {
  hex: string;
  header: string;
}

export async function digestOf(blob: Blob): Promise<Digest> {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  const hex = Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { hex, header: `sha-256=:${btoa(String.fromCharCode(...sum))}:` };
}
