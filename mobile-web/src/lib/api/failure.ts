/** What went wrong, in the words that a screen shows. */
import { Refused, Unreachable, Walled } from "./api";
import { t } from "../texts";
import { say } from "../shell/toast.svelte";
import type { VisitSummary } from "../types";
import type { Trouble } from "../outbox/vault";

export interface Failure {
  title: string;
  action: string;
  error: Error;
}

/** Throws on what is neither a refusal nor a missing server: that is a bug. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return { title: error.title, action: error.action, error };
  if (error instanceof Walled) return { title: t.trouble.walled[0], action: t.trouble.walled[1], error };
  if (error instanceof Unreachable) return { title: t.noServer, action: t.noServerAction, error };
  throw error;
}

/** Why something that is kept here has not gone, and what to do: one line each. */
export function troubleOf(trouble: Trouble): [string, string] {
  if (trouble.code === "walled") return t.trouble.walled;
  if (trouble.code === "unreachable") return [t.noServer, t.noServerAction];
  if (trouble.code === "memo_too_large" || trouble.code === "status_413") return t.trouble.tooLarge;
  return [trouble.title || t.trouble.server[0], trouble.action || t.trouble.server[1]];
}

/** Why a visit or a recording became nothing, in the reader's language where its code is known here. */
export function problemOf(problem: NonNullable<VisitSummary["problem"]>): [string, string] {
  return t.problems[problem.code] ?? [problem.title, problem.action];
}

/** Does it and says what failed; false when it did. */
export async function failing(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const failure = failureOf(error);
    say([failure.title, failure.action].filter(Boolean).join(". ").replace("..", "."));
    return false;
  }
}
