import { expect, test } from "vitest";
import { likeliest } from "../src/lib/pages/fields";
import { Ear } from "../src/lib/capture/level";
import { daysLate, length, localDay, moment } from "../src/lib/time/moments";
import { isPhone, isRough, lookedUp, metresBetween, nearest } from "../src/lib/place/places";
import { doubtOf, doubtPlace, patchOf } from "../src/lib/pages/report";
import { stamp } from "../src/lib/time/stamp";
import type { Customer, Product, Report } from "../src/lib/types";

const customer = (id: string, change: Partial<Customer>): Customer => ({
  id, name: id, aliases: [], address: null, lat: null, lon: null, phone: null, contacts: [], ...change,
});

test("a microphone that hears nothing for four seconds is silent, and heard again at once", () => {
  const ear = new Ear();
  expect(ear.feed(0.0001, 0, 0)).toBe("fine");
  expect(ear.feed(0.0001, 0, 3_900)).toBe("fine");
  expect(ear.feed(0.0001, 0, 4_100)).toBe("silent");
  expect(ear.feed(0.05, 0.4, 4_200)).toBe("fine");
});

test("a voice that clips for a while is told", () => {
  const ear = new Ear();
  const looks = Array.from({ length: 12 }, (_, i) => ear.feed(0.5, 1, i * 80));
  expect(looks[0]).toBe("fine");
  expect(looks.at(-1)).toBe("clipped");
});

test("days are the company's, not the phone's", () => {
  const now = new Date("2026-03-11T05:00:00Z");
  expect(moment("2026-03-11T04:00:00Z", now, "America/New_York")).toMatch(/^Today, 12:00.AM$/);
  expect(moment("2026-03-11T03:00:00Z", now, "America/New_York")).toMatch(/^Yesterday, 11:00.PM$/);
  expect(localDay("2026-03-12T10:30", now, "America/New_York")).toMatch(/^Tomorrow, 10:30.AM$/);
  expect(localDay("2026-03-13", now, "America/New_York")).toBe("Friday");
  expect(daysLate("2026-03-09", now, "America/New_York")).toBe(2);
  expect(daysLate("2026-03-11", now, "America/New_York")).toBe(0);
});

test("lengths and stamps", () => {
  expect(length(65.9)).toBe("1:05");
  expect(new Date(stamp(new Date("2026-03-10T14:05:00Z"))).toISOString()).toBe("2026-03-10T14:05:00.000Z");
});

test("the nearest customers come first; those without a place do not come", () => {
  const customers = [customer("far", { lat: 48, lon: 8 }), customer("near", { lat: 47.0005, lon: 8 }), customer("nowhere", {})];
  const hits = nearest(customers, { lat: 47, lon: 8, accuracy_m: 10, age_s: 0 }, 5);
  expect(hits.map((hit) => hit.customer.id)).toEqual(["near", "far"]);
  expect(hits[0]?.distance_m).toBeCloseTo(55.6, 1);
  expect(metresBetween(0, 0, 0, 180)).toBeGreaterThan(20_000_000);
});

test.each([
  [10, 10, false],
  [61, 10, true],
  [10, 151, true],
])("a fix of %i s and %i m is rough: %s", (age_s, accuracy_m, rough) => {
  expect(isRough({ lat: 0, lon: 0, age_s, accuracy_m })).toBe(rough);
});

test("lookup without a signal: parts of names, accents, people, digits", () => {
  const contacts = [{ id: "p", customer: "a", name: "Zoë Marsh", role: null, phone: "+14255550107", email: null }];
  const customers = [customer("a", { name: "Café Ombra", contacts }), customer("b", { name: "Boxcar", phone: "+12065550111" })];
  const found = (query: string): string[] => lookedUp(customers, query, 5).map((hit) => hit.customer.id);
  expect(found("cafe o")).toEqual(["a"]);
  expect(found("zoe")).toEqual(["a"]);
  expect(found("0111")).toEqual(["b"]);
  expect(found("425-555")).toEqual(["a"]);
  expect([isPhone("7 Eleven"), isPhone("(206) 55"), isPhone("4")]).toEqual([false, true, false]);
});

test("doubts find their place, and a correction replaces the list that it is in", () => {
  expect(doubtPlace({ field: "orders.1", reason: "" })).toEqual({ field: "orders", index: 1 });
  expect(doubtPlace({ field: "customer", reason: "" })).toEqual({ field: "customer", index: null });
  const order = { product: null, name: "oat milk", quantity: 4, unit: null, unit_price: null, confidence: 0.9, evidence: [] };
  const report = { orders: [order, order], doubts: [{ field: "orders.1", reason: "Not sure of the number." }] } as unknown as Report;
  expect(doubtOf(report, "orders", 0, order)).toBeNull();
  expect(doubtOf(report, "orders", 1, order)).toBe("Not sure of the number.");
  expect(patchOf(report, "orders", 0, null)).toEqual({ orders: [order] });
  expect(patchOf(report, "orders", 2, { ...order, name: "tonic" }).orders?.[2]).toMatchObject({ name: "tonic", confidence: 1 });
});

test("what may have been meant is offered by what was heard, the likeliest first", () => {
  const product = (name: string, aliases: string[] = []): Product => ({ id: name, name, aliases, unit: "case", unit_price: null }) as unknown as Product;
  const sold = [product("Barista oat milk"), product("Whole milk"), product("Snoqualmie Haze IPA", ["haze"]), product("Tonic")];
  expect(likeliest(sold, "bareesta oats milk").map((it) => it.name)).toEqual(["Barista oat milk", "Whole milk"]);
  expect(likeliest(sold, "Haze")[0]?.name).toBe("Snoqualmie Haze IPA");
  expect(likeliest(sold, "zzz")).toEqual([]);
});
