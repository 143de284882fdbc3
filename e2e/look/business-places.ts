import type { Place, Visit } from "./place.ts";
import { awaitDialog, pressForDialog } from "./press-for-dialog.ts";

/** What an account's owner uses. */
export const BUSINESS_PLACES: readonly Place[] = [
  { name: "contacts", path: "/contactos" },
  {
    name: "contacts-none",
    path: "/contactos",
    open: ({ page, word }) => page.getByLabel(word("Buscar por nombre o número")).fill("xyzw"),
  },
  {
    ...{ name: "contact", path: "/contactos" },
    open: async (visit) => {
      await visit.page.getByTestId("row").filter({ hasText: "Carlos Mendoza" }).click();
      await visit.page.getByRole("heading", { name: "Carlos Mendoza" }).first().waitFor();
    },
  },
  { name: "wallet", path: "/saldo" },
  { name: "numbers", path: "/numeros" },
  { name: "people", path: "/personas" },
  { name: "people-invite", path: "/personas", isWindow: true, open: pressForDialog("Invitar") },
  ...[0, 3].map(
    (at): Place => ({
      ...{ name: `person-${at}`, path: "/personas", isWindow: true },
      open: async (visit) => {
        await row(visit, at);
        await awaitDialog(visit);
      },
    }),
  ),
  { name: "tokens", path: "/tokens" },
  { name: "token-create", path: "/tokens", isWindow: true, open: pressForDialog("Crear token") },
  {
    ...{ name: "token-revoke", path: "/tokens", isWindow: true },
    open: async (visit) => {
      await visit.page.getByTestId("revoke").first().click();
      await awaitDialog(visit);
    },
  },
  { name: "audit", path: "/auditoria" },
  {
    ...{ name: "audit-change", path: "/auditoria", isWindow: true },
    open: async (visit) => {
      await row(visit, 1);
      await awaitDialog(visit);
    },
  },
  { name: "settings", path: "/ajustes" },
  { name: "own-account", path: "/mi-cuenta" },
  {
    ...{ name: "second-factor-begin", path: "/mi-cuenta", isWindow: true },
    open: async (visit) => {
      await visit.page.getByTestId("turn-on").click();
      await awaitDialog(visit);
    },
  },
];

/** Opens a row of the table. */
const row = ({ page }: Visit, at: number) => page.getByTestId("row").nth(at).click();
