import { QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api-problem.ts";

const RETRIES_MAX = 2;
const FRESH_MS = 15_000;

/** What the page knows of the server. A refusal is not asked again; silence is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MS,
      retry: (failures, error) =>
        error instanceof ApiProblem && error.passes && failures < RETRIES_MAX,
    },
    mutations: { retry: false },
  },
});
