import { queryClient } from "../api/query-client.ts";
import type { SessionState } from "./session.ts";
import { sessionQuery } from "./session-query.ts";

const CHANNEL = "recado-session";

/** Who is signed in as far as tabs must agree on it; null: nobody. */
type PersonId = string | null;

/** Tells the browser's other tabs who is signed in now: they have the same cookie. */
export function tellTabs(state: SessionState): void {
  if (typeof BroadcastChannel !== "function") return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(personOf(state));
  channel.close();
}

/** When another tab signed out, or somebody else signed in there, nothing of the one before stays here. */
export function followTabs(): void {
  if (typeof BroadcastChannel !== "function") return;
  new BroadcastChannel(CHANNEL).onmessage = ({ data }: MessageEvent<PersonId>) => {
    const known = queryClient.getQueryData(sessionQuery.queryKey);
    if (known !== undefined && personOf(known) !== data) location.reload();
  };
}

function personOf(state: SessionState): PersonId {
  return state.state === "signed_in" ? state.person.id : null;
}
