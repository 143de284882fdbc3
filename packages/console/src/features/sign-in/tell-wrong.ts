import { ApiProblem } from "../../api/api-problem.ts";
import { ToldProblem } from "../../ui/problem/told-problem.ts";

/** The same problem; what was refused for a wrong proof says only what was asked for. */
export function tellWrong(error: unknown, text: string): unknown {
  const isWrong = error instanceof ApiProblem && error.code === "sign_in_failed";
  return isWrong ? new ToldProblem(error, text) : error;
}
