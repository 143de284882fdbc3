import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { inboxSettingsWords } from "./i18n/inbox-settings-words.ts";

/** How the inbox works: hours, giving out, ratings, replies, labels, teams. */
export const inboxSettingsRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/organizar",
    beforeLoad: needs("inbox.reply"),
    loader: () => inboxSettingsWords.load(),
    component: lazyRouteComponent(() => import("./inbox-settings-page.tsx"), "InboxSettingsPage"),
  }),
] as const;
