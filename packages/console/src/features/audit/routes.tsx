import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { auditWords } from "./i18n/audit-words.ts";

/** The pages of this feature. */
export const auditRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/auditoria",
    beforeLoad: needs("audit.read"),
    loader: () => auditWords.load(),
    component: lazyRouteComponent(() => import("./audit-page.tsx"), "AuditPage"),
  }),
] as const;
