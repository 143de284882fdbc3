import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem.ts";

const RETRIES_MAX = 2;
/** A refusal is not asked again; silence is, twice. */
export function mayRetry(failures: number, error: unknown): boolean {
  return error instanceof ApiProblem && error.passes && failures < RETRIES_MAX;
}

const FRESH_MS = 15_000;

/** What the page knows of the server. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: mayRetry,
    },
    mutations: { retry: false },
  },
});
