import { createRootRoute, Outlet } from "@tanstack/react-router";
import { shellWords } from "../i18n/shell-words.ts";
import { ErrorPage } from "../ui/error-page.tsx";
import { NotFoundPage } from "../ui/not-found-page.tsx";

/** Below it hang the pages for everybody, and the shell for who has signed in. */
export const rootRoute = createRootRoute({
  loader: () => shellWords.load(),
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
});
