import { ApiProblem } from "../../api/api-problem.ts";

/** A problem of which more can be said than its code does. */
export class ToldProblem extends ApiProblem {
  /** Why, in the reader's language. */
  readonly text: string;

  constructor(about: Pick<ApiProblem, "code" | "status">, text: string) {
    super(about.code, { status: about.status });
    this.name = "ToldProblem";
    this.text = text;
  }
}
