import { queryClient } from "../api/query-client.ts";
import { onSignedOut } from "../api/signed-out.ts";
import { noteSignedOut, sessionQuery } from "./session-query.ts";

/** Asks again who is signed in when a call was refused for want of a session, and calls back when nobody is any more. */
export function watchSession(onGone: () => void): () => void {
  return onSignedOut(() => {
    const known = queryClient.getQueryData(sessionQuery.queryKey);
    if (known?.state !== "signed_in") return;
    // The same refusal comes to every call on its way; the first one is enough.
    noteSignedOut(known);
    onGone();
  });
}
