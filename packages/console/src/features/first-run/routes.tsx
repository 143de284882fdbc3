import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { firstRunWords } from "./i18n/first-run-words.ts";

/** What is still to be done before the account works. */
export const firstRunRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/inicio",
    beforeLoad: needs("webhooks.write"),
    loader: () => firstRunWords.load(),
    component: lazyRouteComponent(() => import("./first-run-page.tsx"), "FirstRunPage"),
  }),
] as const;
