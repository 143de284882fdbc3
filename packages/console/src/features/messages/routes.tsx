import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { messageWords } from "./i18n/message-words.ts";
import { readMessageFilter } from "./message-filter.ts";

const loader = () => messageWords.load();
const beforeLoad = needs("inbox.read");

/** The list with its filters, which stand in the address; and each message with its flight recorder. */
export const messageRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/mensajes",
    validateSearch: readMessageFilter,
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./messages-page.tsx"), "MessagesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/mensajes/$messageId",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./message-page.tsx"), "MessagePage"),
  }),
] as const;
