/** An RFC 3339 moment of the phone's clock with its own offset, so that the server knows the local day. */
export function stamp(date = new Date()): string {
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? "-" : "+";
  const pad = (n: number): string => String(Math.floor(Math.abs(n))).padStart(2, "0");
  return `${local}${sign}${pad(offset / 60)}:${pad(Math.abs(offset) % 60)}`;
}
