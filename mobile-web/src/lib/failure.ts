/** What went wrong, in the words that a screen shows. */
import { Refused, Unreachable } from "./api";
import { t } from "./texts";
import { say } from "./toast.svelte";

export interface Failure {
  title: string;
  action: string;
  error: Error;
}

/** Throws on what is neither a refusal nor a missing server: that is a bug. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refused) return { title: error.title, action: error.action, error };
  if (error instanceof Unreachable) return { title: t.noServer, action: t.noServerAction, error };
  throw error;
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
