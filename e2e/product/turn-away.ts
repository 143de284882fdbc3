import type { Page } from "playwright-core";

/** Every call of the console. */
export const CALLS = /\/(?:console\/api|v1|admin)\//u;

/**
 * Lets no call of the page through but the one that says who is there: `held` calls wait for ever, those of a server that is
 * `away` fail. `page.unroute(CALLS)` ends it for calls to come.
 */
export async function turnAway(page: Page, how: "held" | "away"): Promise<void> {
  await page.route(CALLS, async (route) => {
    if (route.request().url().endsWith("/console/api/session")) return route.continue();
    if (how === "away") await route.abort();
  });
}
