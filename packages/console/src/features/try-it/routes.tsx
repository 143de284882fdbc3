import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { tryItWords } from "./i18n/try-it-words.ts";

/** A page on which a request is built, read in a language, and sent. */
export const tryItRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/probar",
    validateSearch: ({ plantilla }): { plantilla?: number } => {
      const number = Number(plantilla);
      return Number.isSafeInteger(number) && number > 0 ? { plantilla: number } : {};
    },
    beforeLoad: needs("messages.send"),
    loader: () => tryItWords.load(),
    component: lazyRouteComponent(() => import("./try-it-page.tsx"), "TryItPage"),
  }),
] as const;
