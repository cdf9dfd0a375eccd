/** Which boxes the sheet shows for each section, and what a new value starts with. */
import { t } from "../texts";
import type { Section } from "./report";
import type { Item, Product } from "../types";

export type Box =
  | { key: string; label: string; kind: "text" | "area" | "number" | "due" | "tel" | "email"; required?: boolean }
  | { key: string; label: string; kind: "choice"; options: Record<string, string> }
  | { key: string; label: string; kind: "product" };

/** Made when a sheet opens: the language is chosen by then. */
const boxes = (): Record<Section, Box[]> => ({
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
});

export const boxesOf = (section: Section): Box[] => boxes()[section];

const pairs = (text: string): string[] => {
  const plain = text.normalize("NFD").replace(/\p{Mn}/gu, "").toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
  return Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2));
};

/** The share of letter pairs that two names have in common: enough to offer, never to decide. */
function likeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  const rest = [...right];
  const shared = left.filter((pair) => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  }).length;
  return left.length + right.length ? (2 * shared) / (left.length + right.length) : 0;
}

const LIKE = 0.25;

/** The products that may have been meant by what was heard, the likeliest first. */
export function likeliest(products: Product[], heard: string, limit = 3): Product[] {
  return products
    .map((product) => ({ product, like: Math.max(...[product.name, ...product.aliases].map((name) => likeness(name, heard))) }))
    .filter(({ like }) => like >= LIKE)
    .sort((a, b) => b.like - a.like)
    .slice(0, limit)
    .map(({ product }) => product);
}

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
  for (const box of boxesOf(section)) {
    const value = done[box.key];
    const text = typeof value === "string" ? value.trim() : value;
    done[box.key] = text === "" || text === undefined ? (nullable.has(box.key) ? null : "") : text;
  }
  return done;
}
