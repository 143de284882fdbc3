import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { rootRoute } from "../../app/root-route.tsx";
import { signInWords } from "./i18n/sign-in-words.ts";

const loader = () => signInWords.load();

/** Pages for who is not signed in. */
export const signInRoutes = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/entrar",
    validateSearch: (search): { volver?: string | undefined } => ({
      // Only to a page of ours: an address of another house would be an open redirect.
      volver: /^\/(?![/\\])/u.test(String(search.volver ?? "")) ? String(search.volver) : undefined,
    }),
    loader,
    component: lazyRouteComponent(() => import("./sign-in-page.tsx"), "SignInPage"),
  }),
] as const;
