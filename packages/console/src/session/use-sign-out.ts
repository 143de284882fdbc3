import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { queryClient } from "../api/query-client.ts";
import { signOut } from "./sign-out.ts";

/** Ends the session here and at the server, forgets what was loaded, and shows the sign-in page. */
export function useSignOut(): () => void {
  const navigate = useNavigate();
  return useCallback(() => {
    const leave = async () => {
      await signOut();
      queryClient.clear();
      await navigate({ to: "/entrar", search: {} });
    };
    void leave();
  }, [navigate]);
}
