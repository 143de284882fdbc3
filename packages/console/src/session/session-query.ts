import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { queryOptions } from "@tanstack/react-query";
import { callConsole } from "../api/call.ts";
import type { SessionState } from "./session.ts";

/** Who is signed in. It is asked for once, and again whenever the server no longer knows this browser. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }): Promise<SessionState> =>
    callConsole<typeof CONSOLE_OPERATIONS.getSession>({ method: "GET", path: "/session", signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
});
