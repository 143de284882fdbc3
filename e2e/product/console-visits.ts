import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Product } from "../start-product.ts";
import { launchBrowser } from "./browser.ts";
import { type ConsoleWish, openConsole } from "./console-page.ts";
import type { OpenedPage } from "./open-page.ts";

/** What the console's specs begin with: a product, a browser, and people who visit in browsers of their own. */
export interface ConsoleVisits<Started extends Product> {
  product: Started;
  /** Somebody's browser at the console; nobody is signed in unless wished. */
  visit(wish?: ConsoleWish): Promise<Page>;
  /** The browser of the demonstration's person of that role, who signed in there before. */
  enter(role: string, wish?: ConsoleWish): Promise<Page>;
  personOf(role: string): Product["demo"]["people"][number];
  go(page: Page, path: string): Promise<void>;
  /** Ends the visits. Throws if a page asked another host or had an error; for `afterEach`. */
  leave(): Promise<void>;
  /** Ends all; for `after`. */
  stop(): Promise<void>;
}

/** Starts a product and a browser. */
export async function startConsoleVisits<Started extends Product>(
  start: () => Promise<Started>,
): Promise<ConsoleVisits<Started>> {
  const product = await start();
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await product.stop();
    throw error;
  });
  let open: OpenedPage[] = [];
  const visit = async (wish?: ConsoleWish) => {
    const opened = await openConsole(browser, product.demo, wish);
    open.push(opened);
    return opened.page;
  };
  const personOf = (role: string) => {
    const found = product.demo.people.find((person) => person.role === role);
    assert.ok(found, `nobody is ${role}`);
    return found;
  };
  return {
    ...{ product, visit, personOf },
    async enter(role, wish) {
      const page = await visit({ ...wish, person: personOf(role) });
      await page.locator("#main").waitFor();
      return page;
    },
    async go(page, path) {
      await page.goto(new URL(path, product.demo.consoleUrl).href);
    },
    async leave() {
      const found = open.map(({ strangers, faults }) => ({ strangers: strangers(), faults }));
      await Promise.all(open.map((each) => each.close()));
      open = [];
      for (const { strangers, faults } of found) {
        assert.deepEqual(strangers, [], "the page asked another host");
        assert.deepEqual(faults, [], "the page had errors");
      }
    },
    async stop() {
      await browser.close();
      await product.stop();
    },
  };
}
