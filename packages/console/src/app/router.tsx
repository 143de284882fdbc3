import { createRoute, createRouter } from "@tanstack/react-router";
import { accountRoutes } from "../features/account/routes.tsx";
import { auditRoutes } from "../features/audit/routes.tsx";
import { channelRoutes } from "../features/channels/routes.tsx";
import { contactRoutes } from "../features/contacts/routes.tsx";
import { firstRunRoutes } from "../features/first-run/routes.tsx";
import { inboxRoutes } from "../features/inbox/routes.tsx";
import { inboxSettingsRoutes } from "../features/inbox-settings/routes.tsx";
import { messageRoutes } from "../features/messages/routes.tsx";
import { operatorRoutes } from "../features/operators/routes.tsx";
import { peopleRoutes } from "../features/people/routes.tsx";
import { settingsRoutes } from "../features/settings/routes.tsx";
import { signInRoutes } from "../features/sign-in/routes.tsx";
import { templateRoutes } from "../features/templates/routes.tsx";
import { tokenRoutes } from "../features/tokens/routes.tsx";
import { tryItRoutes } from "../features/try-it/routes.tsx";
import { walletRoutes } from "../features/wallet/routes.tsx";
import { webhookRoutes } from "../features/webhooks/routes.tsx";
import { ErrorPage } from "../ui/error-page.tsx";
import { NotFoundPage } from "../ui/not-found-page.tsx";
import { rootRoute } from "./root-route.tsx";
import { shellRoute } from "./shell-route.tsx";

/** An address that leads nowhere, within the shell: whoever came by it must not lose the way to the rest. */
const elsewhereRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: "$",
  component: NotFoundPage,
});

const routeTree = rootRoute.addChildren([
  ...signInRoutes,
  shellRoute.addChildren([
    ...inboxRoutes,
    ...inboxSettingsRoutes,
    ...contactRoutes,
    ...firstRunRoutes,
    ...messageRoutes,
    ...templateRoutes,
    ...webhookRoutes,
    ...tryItRoutes,
    ...walletRoutes,
    ...channelRoutes,
    ...peopleRoutes,
    ...tokenRoutes,
    ...auditRoutes,
    ...settingsRoutes,
    ...accountRoutes,
    ...operatorRoutes,
    elsewhereRoute,
  ]),
]);

/** Every page of the console. A feature has one line here; its pages are fetched when they are first opened. */
export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  defaultPendingMs: 300,
  // Within the shell: who may not see a page must not lose the way to the others.
  defaultErrorComponent: ErrorPage,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
