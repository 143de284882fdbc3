import { queryClient } from "../../api/query-client.ts";
import type { SessionState } from "../../session/session.ts";
import { sessionQuery } from "../../session/session-query.ts";
import { tellTabs } from "../../session/share-session.ts";

/** Takes over what the server said about this browser. What was loaded for somebody else is forgotten first. */
export function enterSession(state: SessionState): void {
  queryClient.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0],
  });
  queryClient.setQueryData(sessionQuery.queryKey, state);
  tellTabs(state);
}
