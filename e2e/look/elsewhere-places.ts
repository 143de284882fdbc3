import type { Place } from "./place.ts";
import { awaitDialog } from "./press-for-dialog.ts";

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
      await awaitDialog(visit);
    },
  },
  {
    ...{ name: "telephones-help", who: "nobody", isWindow: true },
    path: (_, demo) => `${demo.simulatorUrl}/#telephones=${LAURA}`,
    open: async (visit) => {
      await visit.page.locator("header button").nth(1).click();
      await awaitDialog(visit);
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
