import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { peopleWords } from "./i18n/people-words.ts";

/** The pages of this feature. */
export const peopleRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/personas",
    beforeLoad: needs("people.write"),
    loader: () => peopleWords.load(),
    component: lazyRouteComponent(() => import("./people-page.tsx"), "PeoplePage"),
  }),
] as const;
