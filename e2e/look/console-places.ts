import type { Place, Visit } from "./place.ts";

const dialog = ({ page }: Visit) => page.getByRole("dialog").first().waitFor();
const row = ({ page }: Visit, at = 0) => page.getByTestId("row").nth(at).click();

/** Presses a button and waits for the dialog that it opens. */
const asking = (name: string) => async (visit: Visit) => {
  await visit.press(name);
  await dialog(visit);
};

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
      await dialog(visit);
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

/** What integrators use. */
export const INTEGRATOR_PLACES: readonly Place[] = [
  { name: "first-run", path: "/inicio" },
  { name: "messages", path: "/mensajes" },
  { name: "messages-failed", path: "/mensajes?estado=failed" },
  { name: "messages-none", path: "/mensajes?celular=573999999999" },
  ...(["failed", "read", "scheduled", "cancelled", "inbound"] as const).map(
    (state): Place => ({
      name: `message-${state}`,
      path: (day) => `/mensajes/${day.messages[state]}`,
    }),
  ),
  { name: "message-gone", path: "/mensajes/01a20683-0000-7000-8000-000000000000" },
  { name: "templates", path: "/plantillas" },
  { name: "template", path: "/plantillas/1" },
  { name: "template-draft", path: (day) => `/plantillas/${day.business.template}` },
  ...(["rejected", "paused", "pending"] as const).map(
    (status): Place => ({
      name: `template-${status}`,
      path: (_, demo) =>
        `/plantillas/${demo.templates.find((each) => each.status === status)?.id_template ?? 1}`,
    }),
  ),
  { name: "template-remove", path: "/plantillas/1", isWindow: true, open: asking("Eliminar") },
  { name: "template-new", path: "/plantillas/nueva" },
  {
    ...{ name: "template-findings", path: "/plantillas/nueva" },
    open: async ({ page, word }) => {
      await page.getByLabel(word("Nombre")).fill("entrega_en_camino");
      await page.getByLabel(word("Cuerpo")).fill("{{1}} su pedido *{{2}}* llega hoy {{3}}");
      await page.getByTestId("findings").getByText(word("Lo rechazaría")).first().waitFor();
    },
  },
  { name: "template-edit", path: "/plantillas/1/editar" },
  { name: "webhooks", path: "/webhooks" },
  { name: "webhook-add", path: "/webhooks", isWindow: true, open: asking("Agregar una dirección") },
  ...(["good", "failing", "shut"] as const).map(
    (which): Place => ({
      name: `webhook-${which}`,
      path: (day) => `/webhooks/${day.business.endpoints[which]}`,
    }),
  ),
  {
    ...{ name: "webhook-change", isWindow: true, open: asking("Cambiar") },
    path: (day) => `/webhooks/${day.business.endpoints.failing}`,
  },
  {
    ...{ name: "webhook-remove", isWindow: true, open: asking("Eliminar") },
    path: (day) => `/webhooks/${day.business.endpoints.failing}`,
  },
  {
    name: "delivery-failing",
    path: ({ business: { endpoints } }) =>
      `/webhooks/${endpoints.failing}/entregas/${endpoints.delivery}`,
  },
  {
    name: "delivery-good",
    path: ({ business: { endpoints } }) =>
      `/webhooks/${endpoints.good}/entregas/${endpoints.delivered}`,
  },
  { name: "try-it", path: "/probar" },
  {
    ...{ name: "try-it-refused", path: "/probar?plantilla=1" },
    open: async (visit) => {
      await visit.page.getByLabel(visit.word("Celular")).fill("12");
      await visit.press("Enviar");
      await visit.page.getByTestId("answer").waitFor();
    },
  },
];

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
  { name: "people-invite", path: "/personas", isWindow: true, open: asking("Invitar") },
  ...[0, 3].map(
    (at): Place => ({
      ...{ name: `person-${at}`, path: "/personas", isWindow: true },
      open: async (visit) => {
        await row(visit, at);
        await dialog(visit);
      },
    }),
  ),
  { name: "tokens", path: "/tokens" },
  { name: "token-create", path: "/tokens", isWindow: true, open: asking("Crear token") },
  {
    ...{ name: "token-revoke", path: "/tokens", isWindow: true },
    open: async (visit) => {
      await visit.page.getByTestId("revoke").first().click();
      await dialog(visit);
    },
  },
  { name: "audit", path: "/auditoria" },
  {
    ...{ name: "audit-change", path: "/auditoria", isWindow: true },
    open: async (visit) => {
      await row(visit, 1);
      await dialog(visit);
    },
  },
  { name: "settings", path: "/ajustes" },
  { name: "own-account", path: "/mi-cuenta" },
  {
    ...{ name: "second-factor-begin", path: "/mi-cuenta", isWindow: true },
    open: async (visit) => {
      await visit.page.getByTestId("turn-on").click();
      await dialog(visit);
    },
  },
];

/** What operators and resellers use. */
export const OPERATOR_PLACES: readonly Place[] = [
  ...["cuentas", "numeros", "precios", "margen", "estado"].map(
    (tab): Place => ({
      name: `operator-${tab}`,
      path: `/operador?ver=${tab}`,
    }),
  ),
  {
    ...{ name: "operator-number", path: "/operador?ver=numeros", isWindow: true },
    open: async (visit) => {
      await visit.press("Revisar");
      await visit.page.getByTestId("channel-report").locator("li").first().waitFor();
    },
  },
  { name: "operator-account", path: (day) => `/operador/cuentas/${day.business.account}` },
  { name: "operator-reseller", path: (day) => `/operador/cuentas/${day.business.reseller}` },
  { name: "operator-add-number", path: (day) => `/operador/cuentas/${day.business.empty}/numero` },
  { name: "reseller-accounts", path: "/operador", who: "reseller" },
  { name: "reseller-prices", path: "/operador?ver=precios", who: "reseller" },
  { name: "reseller-margin", path: "/operador?ver=margen", who: "reseller" },
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
const nameOf = (path: string) =>
  path.replaceAll(/[^a-z]+/gu, "-").replaceAll(/^-|-$/gu, "") || "inbox";

/** Pages that wait for the server, whose server is away, and that have nothing yet. */
export const STATE_PLACES: readonly Place[] = [
  ...STATES.flatMap((path): Place[] => [
    { name: `held-${nameOf(path)}`, path, server: "held", isWindow: true },
    { name: `away-${nameOf(path)}`, path, server: "away", isWindow: true },
  ]),
  ...EMPTY.map((path): Place => ({ name: `empty-${nameOf(path)}`, path, who: "empty" })),
];

const LAURA = "573001234567";

/** The simulator's page and the reference, which are pages of their own. */
export const OTHER_PLACES: readonly Place[] = [
  {
    name: "telephones",
    path: (_, demo) => `${demo.simulatorUrl}/#telephones=${LAURA},573167778899`,
    who: "nobody",
    isWindow: true,
  },
  {
    name: "telephones-none",
    path: (_, demo) => `${demo.simulatorUrl}/`,
    who: "nobody",
    isWindow: true,
  },
  {
    ...{ name: "telephones-behaviour", who: "nobody", isWindow: true },
    path: (_, demo) => `${demo.simulatorUrl}/#telephones=${LAURA}`,
    open: async (visit) => {
      await visit.page.getByTestId("behaviour").click();
      await dialog(visit);
    },
  },
  {
    ...{ name: "telephones-help", who: "nobody", isWindow: true },
    path: (_, demo) => `${demo.simulatorUrl}/#telephones=${LAURA}`,
    open: async (visit) => {
      await visit.page.locator("header button").nth(1).click();
      await dialog(visit);
    },
  },
  {
    isBilingual: true,
    name: "reference",
    path: (_, demo) => `${demo.baseUrl}/v1/reference`,
    who: "nobody",
    isWindow: true,
  },
];
