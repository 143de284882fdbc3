import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { shellRoute } from "../../app/shell-route.tsx";
import { needs } from "../../session/needs.ts";
import { walletWords } from "./i18n/wallet-words.ts";

/** What the account has, what it spends on, and every movement. */
export const walletRoutes = [
  createRoute({
    getParentRoute: () => shellRoute,
    path: "/saldo",
    beforeLoad: needs("wallet.read"),
    loader: () => walletWords.load(),
    component: lazyRouteComponent(() => import("./wallet-page.tsx"), "WalletPage"),
  }),
] as const;
