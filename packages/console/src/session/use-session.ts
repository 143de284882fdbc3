import { useQuery } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import type { Permission, Session } from "./session.ts";
import { sessionQuery } from "./session-query.ts";

/** Who is signed in. Only for components inside of the shell, where somebody always is. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  // Whoever signs out stays until the shell has gone away.
  const last = useRef<Session | null>(null);
  if (data?.state === "signed_in") last.current = data;
  if (last.current === null) throw new Error("nobody is signed in");
  return last.current;
}

/** Whether the person at this browser may do something: `const may = useMay(); may("inbox.assign")`. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession().person;
  return useMemo(() => {
    const known = new Set<Permission>(permissions);
    return (permission) => known.has(permission);
  }, [permissions]);
}
