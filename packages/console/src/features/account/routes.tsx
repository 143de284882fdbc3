import { createRoute } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { UnbuiltPage } from "../../ui/unbuilt-page.tsx";

/** The pages of this feature. */
export const accountRoutes = [
  createRoute({ getParentRoute: () => shellRoute, path: "/mi-cuenta", component: UnbuiltPage }),
] as const;
