import { callConsole } from "../api/call.ts";
import type { Operation } from "../api/operation.ts";
import { toastProblem } from "../ui/problem/toast-problem.ts";

interface SignOut extends Operation {
  method: "DELETE";
  path: "/session";
  answer: { status: 204 };
}

/** Tells the server to forget this browser. When that fails the person is told: the session would live on. */
export async function signOut(): Promise<void> {
  try {
    await callConsole<SignOut>({ method: "DELETE", path: "/session" });
  } catch (error) {
    toastProblem(error);
    throw error;
  }
}
