import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Permission, Session } from "./session.ts";
import { sessionQuery } from "./session-query.ts";

/** Who is signed in. Only for components inside of the shell, where somebody always is. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (data === undefined || data === null) throw new Error("nobody is signed in");
  return data;
}

/** Whether the person at this browser may do something: `const may = useMay(); may("inbox.assign")`. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useSession();
  return useMemo(() => {
    const known = new Set(permissions);
    return (permission) => known.has(permission);
  }, [permissions]);
}
