/** Which boxes the sheet shows for each section, and what a new value starts with. */
import { t } from "./texts";
import type { Section } from "./report";
import type { Item } from "./types";

export type Box =
  | { key: string; label: string; kind: "text" | "area" | "number" | "due" | "tel" | "email"; required?: boolean }
  | { key: string; label: string; kind: "choice"; options: Record<string, string> }
  | { key: string; label: string; kind: "product" };

export const BOXES: Record<Section, Box[]> = {
  orders: [
    { key: "product", label: t.form.product, kind: "product" },
    { key: "name", label: t.form.asSpoken, kind: "text", required: true },
    { key: "quantity", label: t.form.quantity, kind: "number" },
    { key: "unit", label: t.form.unit, kind: "text" },
    { key: "unit_price", label: t.form.unitPrice, kind: "number" },
  ],
  commitments: [
    { key: "action", label: t.form.action, kind: "area", required: true },
    { key: "owner", label: t.form.owner, kind: "choice", options: t.owners },
    { key: "due", label: t.form.due, kind: "due" },
  ],
  amounts: [
    { key: "value", label: t.form.value, kind: "number", required: true },
    { key: "currency", label: t.form.currency, kind: "text", required: true },
    { key: "what", label: t.form.what, kind: "text" },
  ],
  contacts: [
    { key: "name", label: t.form.name, kind: "text", required: true },
    { key: "role", label: t.form.role, kind: "text" },
    { key: "phone", label: t.form.phone, kind: "tel" },
    { key: "email", label: t.form.email, kind: "email" },
  ],
  competitors: [{ key: "name", label: t.form.name, kind: "text", required: true }],
  feedback: [
    { key: "kind", label: t.form.kind, kind: "choice", options: t.feedbackKinds },
    { key: "text", label: t.form.text, kind: "area", required: true },
  ],
  personal: [
    { key: "person", label: t.form.person, kind: "text", required: true },
    { key: "fact", label: t.form.fact, kind: "area", required: true },
  ],
};

export type Draft = Item & Record<string, unknown>;

export function fresh(section: Section, currency: string): Draft {
  const typed: Item = { confidence: 1, evidence: [] };
  const starts: Record<Section, Record<string, unknown>> = {
    orders: { product: null, name: "", quantity: null, unit: null, unit_price: null },
    commitments: { action: "", owner: "us", due: null },
    amounts: { value: null, currency, what: "" },
    contacts: { id: null, name: "", role: null, phone: null, email: null },
    competitors: { name: "" },
    feedback: { kind: "complaint", text: "" },
    personal: { person: "", fact: "" },
  };
  return { ...typed, ...starts[section] };
}

/** Empty boxes of what may be unknown become null; names and words stay text. */
export function settled(section: Section, draft: Draft): Draft {
  const nullable = new Set(["product", "unit", "role", "phone", "email", "due", "quantity", "unit_price"]);
  const done: Draft = { ...draft };
  for (const box of BOXES[section]) {
    const value = done[box.key];
    const text = typeof value === "string" ? value.trim() : value;
    done[box.key] = text === "" || text === undefined ? (nullable.has(box.key) ? null : "") : text;
  }
  return done;
}
