import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { tokenWords } from "./i18n/tokens-words.ts";

/** The pages of this feature. */
export const tokenRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/tokens",
    beforeLoad: needs("tokens.write"),
    loader: () => tokenWords.load(),
    component: lazyRouteComponent(() => import("./tokens-page.tsx"), "TokensPage"),
  }),
] as const;
