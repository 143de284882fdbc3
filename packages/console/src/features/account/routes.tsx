import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";

import { accountWords } from "./i18n/account-words.ts";

/** The pages of this feature. */
export const accountRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/mi-cuenta",

    loader: () => accountWords.load(),
    component: lazyRouteComponent(() => import("./account-page.tsx"), "AccountPage"),
  }),
] as const;
