import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { channelWords } from "./i18n/channel-words.ts";

/** The account's official numbers with their health. */
export const channelRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/numeros",
    beforeLoad: needs("settings.write"),
    loader: () => channelWords.load(),
    component: lazyRouteComponent(() => import("./channels-page.tsx"), "ChannelsPage"),
  }),
] as const;
