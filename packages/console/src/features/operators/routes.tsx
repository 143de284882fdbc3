import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needsOperator } from "../../session/needs.ts";
import { operatorWords } from "./i18n/operator-words.ts";
import { type OperatorTab, operatorTabs } from "./operator-tabs.ts";

const loader = () => operatorWords.load();
const beforeLoad = needsOperator;

/** For who runs the platform or resells it: health, accounts, numbers, prices. */
export const operatorRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/operador",
    ...{ beforeLoad, loader },
    validateSearch: (search): { ver?: OperatorTab | undefined } => ({
      ver: operatorTabs.find((tab) => tab === search.ver),
    }),
    component: lazyRouteComponent(() => import("./operator-page.tsx"), "OperatorPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/operador/cuentas/$accountId",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./account-page.tsx"), "AccountPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/operador/cuentas/$accountId/numero",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./add-number-page.tsx"), "AddNumberPage"),
  }),
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/operador/revendedores/$accountId",
    ...{ beforeLoad, loader },
    component: lazyRouteComponent(() => import("./resale/reseller-page.tsx"), "ResellerPage"),
  }),
] as const;
