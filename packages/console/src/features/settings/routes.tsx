import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { settingsWords } from "./i18n/settings-words.ts";

/** The pages of this feature. */
export const settingsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/ajustes",
    beforeLoad: needs("settings.write"),
    loader: () => settingsWords.load(),
    component: lazyRouteComponent(() => import("./settings-page.tsx"), "SettingsPage"),
  }),
] as const;
