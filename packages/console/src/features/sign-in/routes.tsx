import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root-route.tsx";
import { signInWords } from "./i18n/sign-in-words.ts";

const loader = () => signInWords.load();

/** Pages for who is not signed in. */
export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/entrar",
    validateSearch: (search): { volver?: string | undefined; usuario?: string | undefined } => ({
      volver: readReturn(search.volver),
      usuario: typeof search.usuario === "string" ? search.usuario : undefined,
    }),
    loader,
    component: lazyRouteComponent(() => import("./sign-in-page.tsx"), "SignInPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/olvido",
    loader,
    component: lazyRouteComponent(() => import("./forgot-page.tsx"), "ForgotPage"),
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/link",
    loader,
    component: lazyRouteComponent(() => import("./link-page.tsx"), "LinkPage"),
  }),
] as const;

/** Only an address of ours: one of another house would send people there with our word. */
function readReturn(value: unknown): string | undefined {
  return typeof value === "string" && /^\/(?![/\\])/u.test(value) ? value : undefined;
}
