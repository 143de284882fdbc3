import type { ErrorCode, Problem } from "@recado/contract/error-codes";

/** The contract's codes, and what a browser alone can see: nobody answered, or not in our language. */
export type ProblemCode = ErrorCode | "unreachable" | "unreadable";

/** A call that did not succeed, for a reason that can be said. Everything that `callV1` and its like throw is one. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  /** 0 when there was no answer. */
  readonly status: number;
  /** In English, for the technically minded; `describeProblem` gives words for everybody. */
  readonly detail: string;
  readonly errors: NonNullable<Problem["errors"]>;
  readonly retryAfterS: number | null;

  constructor(code: ProblemCode, about: Partial<Omit<ApiProblem, "code">> = {}) {
    super(about.detail ?? code);
    this.name = "ApiProblem";
    this.code = code;
    this.status = about.status ?? 0;
    this.detail = about.detail ?? "";
    this.errors = about.errors ?? [];
    this.retryAfterS = about.retryAfterS ?? null;
  }

  /** Whether the same call may succeed in a moment. */
  get passes(): boolean {
    return ["unreachable", "not_ready", "too_many_requests", "internal"].includes(this.code);
  }
}

/** Reads the answer to a call that was refused. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const retryAfterS = Number(response.headers.get("retry-after")) || null;
  try {
    const problem = (await response.json()) as Partial<Problem>;
    if (problem.code === undefined) throw new TypeError("no code");
    const { code, detail = "", errors = [] } = problem;
    return new ApiProblem(code, { status: response.status, detail, errors, retryAfterS });
  } catch {
    return new ApiProblem("unreadable", { status: response.status, retryAfterS });
  }
}
