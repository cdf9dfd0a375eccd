/** Distances, and the nearest customers from a list kept on this phone. */
import type { Customer, Fix, Hit } from "../types";

/** A fix that is older or worse is only a hint; the server judges by the same figures. */
export const OLD_S = 60;
export const ROUGH_M = 150;

const EARTH_M = 6_371_008.8;

export function metresBetween(aLat: number, aLon: number, bLat: number, bLon: number): number {
  const rad = Math.PI / 180;
  const dLat = (bLat - aLat) * rad;
  const dLon = (bLon - aLon) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(aLat * rad) * Math.cos(bLat * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

export function isRough(fix: Fix): boolean {
  return fix.age_s > OLD_S || fix.accuracy_m > ROUGH_M;
}

/** Customers by distance from a fix, nearest first. */
export function nearest(customers: Customer[], fix: Fix, limit: number): Hit[] {
  return customers
    .flatMap((customer) => {
      if (customer.lat === null || customer.lon === null) return [];
      const distance_m = metresBetween(fix.lat, fix.lon, customer.lat, customer.lon);
      return [{ customer, matched: "near", distance_m, score: 1 / (1 + distance_m) }];
    })
    .sort((a, b) => a.distance_m - b.distance_m)
    .slice(0, limit);
}

const plain = (text: string): string => text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase();

/** Two digits and more, and nothing but what people write between digits. */
export function isPhone(query: string): boolean {
  return /^[\d\s+()./-]+$/.test(query) && query.replace(/\D/g, "").length >= 2;
}

/** Lookup on the kept list when the server is not reached: parts of names, aliases, people, phone digits. */
export function lookedUp(customers: Customer[], query: string, limit: number): Hit[] {
  const wanted = plain(query.trim());
  const digits = query.replace(/\D/g, "");
  const byPhone = isPhone(query);
  const hits: Hit[] = [];
  for (const customer of customers) {
    const people = customer.contacts.map((contact) => contact.name);
    const phones = [customer.phone, ...customer.contacts.map((contact) => contact.phone)];
    const matched = byPhone
      ? phones.find((phone) => phone?.replace(/\D/g, "").includes(digits))
      : [customer.name, ...customer.aliases, ...people].find((name) => plain(name).includes(wanted));
    if (matched) hits.push({ customer, matched, distance_m: null, score: 1 });
  }
  return hits.slice(0, limit);
}
