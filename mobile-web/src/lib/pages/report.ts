/** The report's sections as data: how a value reads, how it is edited, which doubts belong to it. */
import { company } from "../api/session.svelte";
import { localDay, money, phone, quantity } from "../time/moments";
import { t } from "../texts";
import type {
  Amount,
  Commitment,
  Doubt,
  Evidence,
  Feedback,
  Item,
  Memo,
  NamedCompetitor,
  Order,
  Personal,
  Report,
  ReportContact,
  Visit,
} from "../types";

export type Section = "orders" | "commitments" | "amounts" | "contacts" | "competitors" | "feedback" | "personal";

/** In the order of what a manager asks first. */
export const SECTIONS: readonly Section[] = [
  "orders",
  "commitments",
  "amounts",
  "contacts",
  "feedback",
  "competitors",
  "personal",
];

/** Below this a value is shown as not sure; what a person typed has 1. */
const SURE = 0.6;

export interface Line {
  title: string;
  detail: string;
}

/** Clauses are kept as they were said; a line of a list begins with a capital. */
export const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const joined = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(" · ");

function orderLine(order: Order): Line {
  const amount = order.quantity === null ? "" : `${quantity(order.quantity)} ${order.unit ? t.units(order.quantity, order.unit) : "×"} `;
  const price = order.unit_price === null ? null : `${money(order.unit_price, company().currency)} ${t.each}`;
  const total =
    order.unit_price !== null && order.quantity !== null ? money(order.unit_price * order.quantity, company().currency) : null;
  return { title: `${amount}${order.name}`, detail: joined(price, total) };
}

const lines: { [S in Section]: (item: Report[S][number]) => Line } = {
  orders: orderLine,
  commitments: (promise: Commitment) => ({
    title: begun(promise.action),
    detail: joined(t.owners[promise.owner], promise.due ? localDay(promise.due) : t.when.noDate),
  }),
  amounts: (amount: Amount) => ({ title: money(amount.value, amount.currency), detail: amount.what }),
  contacts: (contact: ReportContact) => ({ title: contact.name, detail: joined(contact.role, contact.phone && phone(contact.phone), contact.email) }),
  competitors: (competitor: NamedCompetitor) => ({ title: competitor.name, detail: "" }),
  feedback: (feedback: Feedback) => ({ title: begun(feedback.text), detail: t.feedbackKinds[feedback.kind] }),
  personal: (personal: Personal) => ({ title: begun(personal.fact), detail: personal.person }),
};

export function lineOf<S extends Section>(section: S, item: Report[S][number]): Line {
  return lines[section](item);
}

/** A value of a correction as a person reads it. */
export function valueText(field: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return t.visit.nothing;
  if (Array.isArray(value)) {
    if (value.length === 0) return t.visit.nothing;
    const section = SECTIONS.find((name) => name === field);
    return value.map((item) => (section ? lineOf(section, item as never).title : String(item))).join(", ");
  }
  if (field === "outcome") return t.outcomes[value as keyof typeof t.outcomes] ?? String(value);
  if (field === "next_meeting") return localDay(String(value));
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The field of a doubt such as 'orders.0.quantity' or 'orders[0]': its section and place. */
export function doubtPlace(doubt: Doubt): { field: string; index: number | null } {
  const [field = ""] = doubt.field.split(/[.[]/);
  const index = /(?:\.|\[)(\d+)/.exec(doubt.field)?.[1];
  return { field, index: index === undefined ? null : Number(index) };
}

const NAMED = /^(Order|Amount|Promise|Contact|Customer) "(.*)": /s;

/** A doubt as the server says it, in the reader's language; as it is when this app does not know it yet. */
export function doubtText(reason: string): string {
  const [, kind, value] = NAMED.exec(reason) ?? [];
  const said = t.doubts[(kind ?? reason) as keyof typeof t.doubts];
  return typeof said === "function" ? said(value ?? "") : (said ?? reason);
}

/** Why a value is doubtful, or null. `index` is null for a plain value. */
export function doubtOf(report: Report, field: string, index: number | null, item: Item | null): string | null {
  const named = report.doubts.find((doubt) => {
    const place = doubtPlace(doubt);
    return place.field === field && place.index === index;
  });
  if (named) return doubtText(named.reason);
  return item && item.confidence < SURE ? t.visit.doubtful : null;
}

/** Doubts about a section as a whole, shown above its values. */
export function sectionDoubts(report: Report, field: string): string[] {
  return report.doubts
    .filter((doubt) => doubtPlace(doubt).field === field && doubtPlace(doubt).index === null)
    .map((doubt) => doubtText(doubt.reason));
}

export interface Quote {
  memo: Memo;
  text: string;
  /** Null when it was typed. */
  span: { start_s: number; end_s: number } | null;
  start: number;
  end: number;
}

/** The words behind a value. */
export function quoteOf(visit: Visit, evidence: Evidence[]): Quote | null {
  const first = evidence[0];
  const memo = visit.memos.find((candidate) => candidate.id === first?.memo);
  if (!first || !memo?.transcript) return null;
  const { start, end, start_s, end_s } = first;
  const span = start_s === null || end_s === null ? null : { start_s, end_s };
  return { memo, text: memo.transcript.text.slice(start, end), span, start, end };
}

/** The merge patch that replaces, adds (index at the end) or removes (null) one value of a section. */
export function patchOf<S extends Section>(
  report: Report,
  section: S,
  index: number,
  item: Report[S][number] | null,
): Partial<Report> {
  const items = [...report[section]] as Report[S][number][];
  if (item === null) items.splice(index, 1);
  else items[index] = { ...item, confidence: 1 };
  return { [section]: items } as Partial<Report>;
}
