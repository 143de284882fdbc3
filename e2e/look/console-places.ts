import type { Place } from "./place.ts";
import { awaitDialog } from "./press-for-dialog.ts";

/** The frame of the console, with what opens from it. */
export const SHELL_PLACES: readonly Place[] = [
  {
    ...{ name: "palette", path: "/mensajes", isWindow: true },
    open: async (visit) => {
      await visit.page.keyboard.press("Control+k");
      await visit.page.getByTestId("palette-field").waitFor();
    },
  },
  {
    ...{ name: "shortcuts", path: "/?view=open", isWindow: true },
    open: async ({ page }) => {
      await page.keyboard.press("?");
      await page.getByTestId("shortcut-sheet").getByRole("dialog").waitFor();
    },
  },
  {
    ...{ name: "person-menu", path: "/mensajes", isWindow: true, only: "wide" },
    open: async ({ page }) => {
      await page.getByTestId("person-menu").click();
      await page.getByRole("menu").waitFor();
    },
  },
  {
    ...{ name: "places-drawer", path: "/mensajes", isWindow: true, only: "narrow" },
    open: async (visit) => {
      await visit.page.getByTestId("more").click();
      await awaitDialog(visit);
    },
  },
  {
    ...{ name: "rail-narrow", path: "/?view=open", isWindow: true, only: "wide", isAlone: true },
    open: async (visit) => {
      await visit.page.keyboard.press("[");
      await visit.page.locator("[data-narrow='true']").first().waitFor();
    },
  },
  { name: "not-found", path: "/no-existe" },
  { name: "forbidden", path: "/personas", who: "read-only" },
];

/** For who is not signed in. */
export const DOOR_PLACES: readonly Place[] = [
  { name: "sign-in", path: "/entrar", who: "nobody" },
  {
    ...{ name: "sign-in-wrong", path: "/entrar", who: "nobody" },
    open: async ({ page }) => {
      await page.getByTestId("enter").click();
      const problem = { code: "sign_in_failed", detail: "Wrong." };
      await page.route("**/console/api/sign-in", (route) =>
        route.fulfill({
          status: 401,
          contentType: "application/problem+json",
          body: JSON.stringify(problem),
        }),
      );
      await page.getByTestId("login").fill("demo");
      await page.getByTestId("password").fill("no es esta");
      await page.getByTestId("enter").click();
      await page.getByTestId("problem").waitFor();
    },
  },
  {
    ...{ name: "sign-in-code", path: "/entrar", who: "nobody" },
    open: async ({ page }) => {
      const { SECOND_PASSWORD } = await import("./make-business.ts");
      await page.getByTestId("login").fill("demo-dos-pasos");
      await page.getByTestId("password").fill(SECOND_PASSWORD);
      await page.getByTestId("enter").click();
      await page.getByTestId("code").waitFor();
    },
  },
  { name: "forgot", path: "/olvido", who: "nobody" },
  {
    ...{ name: "forgot-asked", path: "/olvido", who: "nobody" },
    open: async ({ page, word, isNarrow }) => {
      // So many may be asked for by one name.
      const login = `nadie-${word("Usuario")}-${isNarrow}@example.com`;
      await page.getByTestId("forgotten-login").fill(login);
      await page.getByTestId("ask-for-link").click();
      await page.getByTestId("reset-asked").waitFor();
    },
  },
  { name: "invitation", path: (day) => day.business.invitation, who: "nobody" },
  { name: "link-gone", path: "/link#0123456789abcdefghijklmnopqrstuvwxyzABCDEFG", who: "nobody" },
];

const STATES = [
  ...["/?view=open", "/mensajes", "/plantillas", "/webhooks", "/saldo", "/personas", "/auditoria"],
  ...["/supervision", "/ajustes", "/inicio", "/operador?ver=estado"],
];
/** Where an account that has nothing has something to say about it. */
const EMPTY = [
  ...["/?view=open", "/contactos", "/inicio", "/mensajes", "/plantillas", "/webhooks", "/probar"],
  ...["/saldo", "/numeros", "/tokens", "/auditoria", "/supervision", "/informes", "/organizar"],
  "/ajustes",
];
/** What an operator waits for besides. */
const OPERATOR_WAITS: readonly Place[] = [
  { name: "held-operador-precios", path: "/operador?ver=precios" },
  { name: "held-operador-cuenta", path: (day) => `/operador/cuentas/${day.business.account}` },
  {
    name: "held-operador-revendedor",
    path: (day) => `/operador/revendedores/${day.business.reseller}`,
  },
];
const nameOf = (path: string) =>
  path.replaceAll(/[^a-z]+/gu, "-").replaceAll(/^-|-$/gu, "") || "inbox";

/** Pages that wait for the server, whose server is away, and that have nothing yet. */
export const STATE_PLACES: readonly Place[] = [
  ...STATES.flatMap((path): Place[] => [
    { name: `held-${nameOf(path)}`, path, server: "held", isWindow: true },
    { name: `away-${nameOf(path)}`, path, server: "away", isWindow: true },
  ]),
  ...OPERATOR_WAITS.map((place): Place => ({ ...place, server: "held", isWindow: true })),
  ...EMPTY.map((path): Place => ({ name: `empty-${nameOf(path)}`, path, who: "empty" })),
];
