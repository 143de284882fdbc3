import { ApiProblem } from "../../api/api-problem.ts";
import type { es } from "../../i18n/es.ts";
import type { Say } from "../../i18n/words.ts";
import { ToldProblem } from "./told-problem.ts";

/** Why a call failed, in the reader's language and with what to do about it. */
export function describeProblem(error: unknown, say: Say<typeof es>): string {
  if (!(error instanceof ApiProblem)) return say("problem.internal");
  if (error instanceof ToldProblem) return error.text;
  if (error.code === "too_many_requests" && error.retryAfterS !== null) {
    return say("problem.wait", { seconds: error.retryAfterS });
  }
  return say(`problem.${error.code}`);
}
