import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { callConsole } from "../api/call.ts";
import { queryClient } from "../api/query-client.ts";
import { toastProblem } from "../ui/problem/toast-problem.ts";
import { noteSignedOut, sessionQuery } from "./session-query.ts";
import { tellTabs } from "./share-session.ts";

type SignOut = typeof CONSOLE_OPERATIONS.signOut;

/**
 * Has the server forget this browser, and forgets what was loaded. When that fails the person is told and stays: the session
 * would live on. Answers whether it succeeded.
 */
export async function leaveSession(): Promise<boolean> {
  try {
    await callConsole<SignOut>({ method: "POST", path: "/sign-out" });
  } catch (error) {
    toastProblem(error);
    return false;
  }
  const known = queryClient.getQueryData(sessionQuery.queryKey);
  queryClient.clear();
  noteSignedOut(known);
  tellTabs({ state: "signed_out", sends_mail: known?.sends_mail ?? false });
  return true;
}
