/** The contract's structs by their own names; `schema.d.ts` is made from the server's document by `npm run types`. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Employee = Schemas["Employee"];
export type Role = Employee["role"];
export type Company = Schemas["Company"];
export type Device = Schemas["Device"];
export type Person = Schemas["Person"];
export type Me = Schemas["Me"];
export type Invitation = Schemas["Invitation"];

export type Customer = Schemas["Customer"];
export type KnownContact = Schemas["storage_records_Contact"];
export type PersonPage = Schemas["PersonPage"];
export type PersonAt = Schemas["At"];
export type Elsewhere = Schemas["Elsewhere"];
export type Hit = Schemas["Hit"];
export type Ring = Schemas["Ring"];
export type Line = Schemas["Line"];
export type NewLine = Schemas["NewLine"];
export type Alikes = Schemas["Alikes"];
export type Pair = Schemas["Pair"];
export type Merge = Schemas["Merge"];
export type Webhook = Schemas["Webhook"];
export type NewWebhook = Schemas["NewWebhook"];
export type Delivery = Schemas["Delivery"];
export type Product = Schemas["Product"];
export type Competitor = Schemas["storage_records_Competitor"];
export type Told = Omit<Schemas["Told"], "outcome"> & { outcome: Outcome | null };
export type Brief = Omit<Schemas["Brief"], "moments"> & { moments: Told[] };
export type Opening = Schemas["Opening"];
export type CustomerPage = Omit<Schemas["CustomerPage"], "timeline" | "brief"> & { brief: Brief; timeline: Page<VisitSummary> };
export type MomentKind = Told["kind"];
export type Passage = Schemas["Passage"];
export type SaidKind = "complaint" | "compliment" | "idea" | "order" | "promise" | "personal" | "competitor";
export type Preview = Schemas["Preview"];
export type Left = Schemas["Left"];
export type Key = Schemas["Key"];
export type Alias = Schemas["Alias"];
export type Remark = Schemas["Remark"];
/** A commitment that somebody keeps an eye on; the name without the underscore is the language's own. */
export type Promise_ = Schemas["Promise"];

/** What a customer waits for, or promised us. */
export type Task = Schemas["Task"];
export type TaskKind = Task["kind"];
export type Reason = NonNullable<Task["because"]>["reason"];
export type Draft = Schemas["Draft"];
export type Letter = Schemas["Letter"];
export type LetterState = Letter["state"];
export type Ability = Schemas["Ability"];

/** What colleagues say to each other, what somebody follows, and what is heard by subject. */
export type Followed = Schemas["Followed"];
export type TopicKind = Followed["kind"];
export type Comment = Schemas["Comment"];
export type Talk = Schemas["Talk"];
export type Digest = Schemas["Digest"];
export type Group = Digest["groups"][number];
export type Subject = Schemas["Subject"];
export type SubjectKind = Subject["kind"];
export type Voice = Schemas["Voice"];

export type Fix = Required<Schemas["Fix"]>;
export type Visit = Schemas["Visit"];
export type VisitState = Visit["state"];
export type VisitSummary = Omit<Schemas["VisitSummary"], "outcome"> & { outcome: Outcome | null };
export type Stake = VisitSummary["stakes"][number];
export type Sure = Schemas["Sure"];
export type Yes = Schemas["Yes"];
export type Desk = Schemas["Desk"];
export type Measures = Schemas["Measures"];
export type Territory = Schemas["Territory"];
export type Silent = Schemas["Silent"];
export type Today = Schemas["Today"];
export type Memo = Schemas["Memo"];
export type Transcript = Schemas["Transcript"];
export type Receipt = Schemas["Receipt"];
export type Job = Schemas["Job"];

export type Report = Schemas["Report"];
export type Outcome = Report["outcome"];
export type ReportContact = Schemas["nlp_types_Contact"];
export type Order = Schemas["Order"];
export type Amount = Schemas["Amount"];
export type Commitment = Schemas["Commitment"];
export type Owner = Commitment["owner"];
export type NamedCompetitor = Schemas["nlp_types_Competitor"];
export type Feedback = Schemas["Feedback"];
export type FeedbackKind = Feedback["kind"];
export type Personal = Schemas["Personal"];
export type Evidence = Schemas["Evidence"];
export type Doubt = Schemas["Doubt"];
/** What every value of a report carries; one typed by a person has confidence 1. */
export type Item = Schemas["Decided"];

export interface Page<T> {
  items: T[];
  after: string | null;
}

/** A line of the event stream, which no OpenAPI document can describe. */
export interface ServerEvent {
  id: number;
  kind: "visit" | "customer" | "people" | "catalogue" | "call" | "task" | "talk" | "told" | "heard";
  subject: string;
  at: string;
}
