import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { contactWords } from "./i18n/contact-words.ts";

const loader = () => contactWords.load();
const beforeLoad = needs("inbox.read");

/** People, and each of them. */
export const contactRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/contactos",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./contacts-page.tsx"), "ContactsPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/contactos/$contactId",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./contact-page.tsx"), "ContactPage"),
  }),
] as const;
