import { Button } from "@mantine/core";
import { IconAlertTriangle, IconLock, IconPlugConnectedX } from "@tabler/icons-react";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useCallback, useEffect } from "react";
import { ApiProblem } from "../api/api-problem.ts";
import { shellWords } from "../i18n/shell-words.ts";
import { EmptyState } from "./empty-state.tsx";
import { describeProblem } from "./problem/describe-problem.ts";

/** What stands in a page's place when it broke, may not be seen, or could not be loaded; the rest of the console goes on. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const say = shellWords.useWords();
  const router = useRouter();
  const again = useCallback(() => {
    reset();
    void router.invalidate();
  }, [reset, router]);
  const away = error instanceof ApiProblem && error.passes;
  useEffect(() => {
    if (!away) return;
    addEventListener("online", again);
    return () => removeEventListener("online", again);
  }, [away, again]);
  if (error instanceof ApiProblem && error.code === "forbidden") {
    return (
      <EmptyState icon={IconLock} title={say("page.forbidden")} text={say("page.forbiddenText")} />
    );
  }
  return (
    <EmptyState
      icon={away ? IconPlugConnectedX : IconAlertTriangle}
      title={say(away ? "page.away" : "page.broken")}
      text={error instanceof ApiProblem ? describeProblem(error, say) : say("page.brokenText")}
    >
      <Button variant="default" onClick={again}>
        {say("page.again")}
      </Button>
    </EmptyState>
  );
}
