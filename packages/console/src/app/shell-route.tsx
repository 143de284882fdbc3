import { createRoute, redirect } from "@tanstack/react-router";
import { queryClient } from "../api/query-client.ts";
import { applySavedLanguage } from "../session/saved-look.ts";
import { sessionQuery } from "../session/session-query.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { rootRoute } from "./root-route.tsx";
import { Shell } from "./shell.tsx";

/** Everything that needs a person: rail, bars and the page within. Features hang their routes below it. */
export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "shell",
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session.state !== "signed_in") {
      const from = location.href === "/" ? undefined : location.href;
      throw redirect({ to: "/entrar", search: { volver: from } });
    }
    await applySavedLanguage(session);
    return { session };
  },
  component: Shell,
  errorComponent: ErrorPage,
});
