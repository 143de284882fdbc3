import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { leaveSession } from "./leave-session.ts";

/** Ends the session here and at the server, forgets what was loaded, and shows the sign-in page. */
export function useSignOut(): () => void {
  const navigate = useNavigate();
  return useCallback(() => {
    const leave = async () => {
      if (await leaveSession()) await navigate({ to: "/entrar", search: {} });
    };
    void leave();
  }, [navigate]);
}
