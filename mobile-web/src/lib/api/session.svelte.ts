/** Who is using this phone, as the server knows it by the device cookie. */
import { getOrRemembered, onShutOut, post, Refused, remove } from "./api";
import { deviceLabel, keepForGood, vault } from "../outbox/phone";
import type { Company, Employee, Me, Role } from "../types";

/** `out`: the phone was shut out; what it recorded is still here. */
type Standing = "starting" | "new" | "in" | "out" | "unreachable";

export const session = $state<{ standing: Standing; me: Me | null }>({ standing: "starting", me: null });

const KNOWN = "rounds.enrolled";

const RANK: Record<Role, number> = { employee: 0, rep: 1, manager: 2, admin: 3 };

/** Whether the person may do what a role may do. */
export function may(role: Role): boolean {
  return session.me !== null && RANK[session.me.employee.role] >= RANK[role];
}

export function company(): Company {
  return session.me?.company ?? { name: "", timezone: "UTC", currency: "USD", region: "US" };
}

async function shutOut(): Promise<void> {
  session.standing = localStorage.getItem(KNOWN) ? "out" : "new";
  session.me = null;
  await (await vault()).forgetAnswers();
}

/** Begins with what this phone remembers, so that a weak signal keeps nobody waiting; the server's word follows. */
export async function startSession(): Promise<void> {
  onShutOut(() => void shutOut());
  const kept = localStorage.getItem(KNOWN) ? await (await vault()).remembered("/me") : undefined;
  if (kept) {
    session.me = kept.body as Me;
    session.standing = "in";
    void askWho();
  } else {
    await askWho();
  }
}

async function askWho(): Promise<void> {
  try {
    const { body } = await getOrRemembered<Me>(await vault(), "/me");
    session.me = body;
    session.standing = "in";
    localStorage.setItem(KNOWN, body.employee.id);
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return;
    if (session.standing !== "in") session.standing = localStorage.getItem(KNOWN) ? "unreachable" : "new";
  }
}

/** The server's word on the company may have changed. */
export async function refreshMe(): Promise<void> {
  session.me = (await getOrRemembered<Me>(await vault(), "/me")).body;
}

/** Trades a one-time code for this phone's own key, which the browser keeps where no script can read it. */
export async function enrol(code: string): Promise<Employee> {
  const answer = await post<{ employee: Employee; company: Company }>("/enrol", { code, label: deviceLabel() });
  localStorage.setItem(KNOWN, answer.employee.id);
  void keepForGood();
  return answer.employee;
}

/** This phone forgets its key; recordings that were not sent stay for the next who enrols as the same person. */
export async function leave(): Promise<void> {
  await remove("/me/device");
  localStorage.removeItem(KNOWN);
  await (await vault()).forgetAnswers();
  session.me = null;
  session.standing = "new";
}
