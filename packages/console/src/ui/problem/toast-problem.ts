import { shellWords } from "../../i18n/shell-words.ts";
import { showToast } from "../toast/toast.ts";
import { describeProblem } from "./describe-problem.ts";

/** Says why something did not succeed where there is no form to say it beside; for `onError` of a mutation. */
export function toastProblem(error: unknown): void {
  showToast({ kind: "problem", text: describeProblem(error, shellWords.say) });
}
