import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetLogged, log, logged, sendLogged } from "../src/lib/outbox/logged.svelte";
import { pieces, saidPath } from "../src/lib/pages/said";
import { session } from "../src/lib/api/session.svelte";
import type { Me } from "../src/lib/types";
import { openVault } from "../src/lib/outbox/vault";

const NONE = { kind: "", span: "", rep: "", product: "", customer: "" } as const;
const CALL = { id: "k1", customer: "c1", body: { kind: "call" as const, at: "2026-03-10T14:05:00-04:00", text: "Closed.", people: [], outcome: null } };

function answering(status: number, body: object): void {
  const headers = { "content-type": "application/json" };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status, headers }));
}

const stored = new Map<string, string>();
beforeEach(() => {
  stored.clear();
  vi.stubGlobal("localStorage", { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value) });
  session.standing = "in";
  session.me = { employee: { id: "e1" } } as Me;
});
afterEach(() => vi.unstubAllGlobals());

test("only what was chosen is asked for", () => {
  expect(saidPath("tonic & ice", NONE, 30)).toBe("/said?q=tonic+%26+ice&limit=30");
  const path = saidPath("tonic", { ...NONE, kind: "idea", span: "week", customer: "c 1" }, 30, Date.parse("2026-03-10T14:05:00Z"));
  expect(path).toBe("/said?q=tonic&limit=30&kind=idea&customer=c+1&since=2026-03-03T00%3A00%3A00.000Z");
});

test("hits are counted in letters as people see them", () => {
  expect(pieces("𝄞 the tonic", [[6, 11]])).toEqual([{ text: "𝄞 the ", hit: false }, { text: "tonic", hit: true }]);
  expect(pieces("tonic", [])).toEqual([{ text: "tonic", hit: false }]);
});

test("a call without a signal is kept and sent once there is one", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("no line")));
  expect(await log(CALL)).toBe(false);
  expect(logged.all).toMatchObject([{ id: "k1", by: "e1", refused: "" }]);
  answering(201, {});
  await sendLogged();
  expect(logged.all).toEqual([]);
});

test("what the server refuses for good stays with its reason until it is deleted", async () => {
  answering(404, { code: "unknown_customer", title: "Unknown", detail: "There is no such customer." });
  await log(CALL);
  expect(logged.all).toMatchObject([{ id: "k1", refused: "There is no such customer." }]);
  forgetLogged("k1");
  expect(logged.all).toEqual([]);
});

test("a call of somebody else on this phone is not sent in another name", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("no line")));
  await log(CALL);
  session.me = { employee: { id: "e2" } } as Me;
  answering(201, {});
  await sendLogged();
  expect(logged.all).toHaveLength(1);
});

test("of the customers' pages only the newest stay", async () => {
  const vault = await openVault("patch");
  for (let n = 0; n < 5; n += 1) await vault.remember(`/customers/c${n}`, { n }, n);
  await vault.remember("/me", {}, 0);
  await vault.forgetOldest(/^\/customers\/[^/?]+$/, 2);
  expect(await vault.remembered("/customers/c2")).toBeUndefined();
  expect((await vault.remembered("/customers/c3"))?.at).toBe(3);
  expect(await vault.remembered("/me")).toBeDefined();
  vault.close();
});
