import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { queryOptions } from "@tanstack/react-query";
import { callConsole } from "../api/call.ts";
import { mayRetry, queryClient } from "../api/query-client.ts";
import type { SessionState } from "./session.ts";

const SESSION_KEY = ["session"];

/** Who is signed in. It is asked for once, and again whenever the server no longer knows this browser. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: ({ signal }): Promise<SessionState> =>
    callConsole<typeof CONSOLE_OPERATIONS.getSession>({ method: "GET", path: "/session", signal }),
  // A page of which nothing stands yet says at once that there is no server, and leaves it to the reader to try again.
  retry: (failures, error) =>
    queryClient.getQueryData(SESSION_KEY) !== undefined && mayRetry(failures, error),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});

/** Nobody is signed in here any more; `known` is what was known of the session until now. */
export function noteSignedOut(known: SessionState | undefined): void {
  const sends_mail = known?.sends_mail ?? false;
  queryClient.setQueryData(sessionQuery.queryKey, { state: "signed_out", sends_mail });
}
