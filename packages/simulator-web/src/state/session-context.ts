import { createContext, useContext, useSyncExternalStore } from "react";
import type { PageState } from "./page-state.ts";
import { Session } from "./session.ts";

/** The page's one session. */
export const SessionContext = createContext(new Session());

/** The session, for what the page does. */
export function useSession(): Session {
  return useContext(SessionContext);
}

/** The state, for what the page shows. */
export function usePageState(): PageState {
  const session = useSession();
  return useSyncExternalStore(session.subscribe, session.getState);
}
