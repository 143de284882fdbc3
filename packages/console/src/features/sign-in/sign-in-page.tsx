import { useQuery } from "@tanstack/react-query";
import { Navigate, useSearch } from "@tanstack/react-router";
import { sessionQuery } from "../../session/session-query.ts";
import { CodeStep } from "./code-step.tsx";
import { DoorFrame } from "./door-frame.tsx";
import { PasswordStep } from "./password-step.tsx";

/** Where a person proves who they are: password first, then, where they have asked for it, a code. */
export function SignInPage() {
  const { volver } = useSearch({ from: "/entrar" });
  const { data } = useQuery(sessionQuery);
  if (data?.state === "signed_in") return <Navigate to={volver ?? "/"} replace />;
  return <DoorFrame>{data?.state === "second_factor" ? <CodeStep /> : <PasswordStep />}</DoorFrame>;
}
