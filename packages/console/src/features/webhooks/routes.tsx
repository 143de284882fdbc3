import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { webhookWords } from "./i18n/webhook-words.ts";

const loader = () => webhookWords.load();
const beforeLoad = needs("webhooks.write");

/** Endpoints, what was brought to each, and every attempt. */
export const webhookRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/webhooks",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./endpoints-page.tsx"), "EndpointsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/webhooks/$endpointId",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./endpoint-page.tsx"), "EndpointPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/webhooks/$endpointId/entregas/$deliveryId",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./delivery-page.tsx"), "DeliveryPage"),
  }),
] as const;
