import type { Place } from "./place.ts";

/** What operators and resellers use. */
export const OPERATOR_PLACES: readonly Place[] = [
  ...["cuentas", "revendedores", "numeros", "precios", "margen", "estado"].map(
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
  {
    name: "operator-reseller-books",
    path: (day) => `/operador/revendedores/${day.business.reseller}`,
  },
  {
    name: "operator-reseller-months",
    path: (day) => `/operador/revendedores/${day.business.reseller}`,
    open: async ({ page, word }) => {
      await page.getByText(word("Un año"), { exact: true }).click();
      await page.getByText(word("Por mes"), { exact: true }).click();
    },
  },
  {
    name: "operator-reseller-none",
    path: (day) => `/operador/revendedores/${day.business.empty}`,
  },
  { name: "reseller-books", path: "/operador?ver=revendedores", who: "reseller" },
  {
    ...{ name: "reseller-hand-on", path: "/operador?ver=revendedores", who: "reseller" },
    isWindow: true,
    open: async (visit) => {
      const books = visit.page.getByTestId("reseller-books");
      await books.getByRole("combobox", { name: visit.word("Cuenta") }).fill("Espiga");
      await visit.page.getByRole("option").first().click();
      await books.getByLabel(visit.word("Monto"), { exact: true }).fill("50000");
      await books.getByLabel(visit.word("Referencia"), { exact: true }).fill("consignacion-9");
      await books.getByTestId("hand-on").click();
      await visit.page.getByTestId("sum-again").fill("500000");
    },
  },
  {
    name: "reseller-customer",
    path: (day) => `/operador/cuentas/${day.business.customer}`,
    who: "reseller",
  },
  { name: "reseller-accounts", path: "/operador", who: "reseller" },
  { name: "reseller-prices", path: "/operador?ver=precios", who: "reseller" },
  { name: "reseller-margin", path: "/operador?ver=margen", who: "reseller" },
];
