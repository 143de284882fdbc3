import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { templateWords } from "./i18n/template-words.ts";

const loader = () => templateWords.load();

/** The list, each template's life, and the editor with its linter and telephone. */
export const templateRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plantillas",
    ...{ beforeLoad: needs("inbox.read"), loader },
    component: lazyRouteComponent(() => import("./templates-page.tsx"), "TemplatesPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plantillas/nueva",
    ...{ beforeLoad: needs("templates.write"), loader },
    component: lazyRouteComponent(() => import("./new-template-page.tsx"), "NewTemplatePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plantillas/$templateId",
    ...{ beforeLoad: needs("inbox.read"), loader },
    component: lazyRouteComponent(() => import("./template-page.tsx"), "TemplatePage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/plantillas/$templateId/editar",
    ...{ beforeLoad: needs("templates.write"), loader },
    component: lazyRouteComponent(() => import("./edit-template-page.tsx"), "EditTemplatePage"),
  }),
] as const;
