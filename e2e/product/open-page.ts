import type { Browser, BrowserContext, Page } from "playwright-core";
import { recordRequests } from "./browser.ts";

/** What a browser is like. */
export interface PageWish {
  width?: number;
  height?: number;
  locale?: string;
  colorScheme?: "light" | "dark";
  /** Without its service worker nothing is kept that a test wants to hold back. */
  withoutWorker?: boolean;
}

/** Somebody's browser, and what it did that it should not have. */
export interface OpenedPage {
  page: Page;
  context: BrowserContext;
  /** Every address that was asked for. */
  requests: string[];
  /** Addresses of other hosts, and errors of the page; both should be empty. */
  strangers(): string[];
  faults: string[];
  close(): Promise<void>;
}

/** How long a broken page is waited for; nothing is measured by it. */
const WAIT_MS = 20_000;

/** Opens a browser of its own, in which whatever lies below `home` is no stranger. It has not gone anywhere yet. */
export async function openPage(
  browser: Browser,
  home: string,
  wish: PageWish = {},
): Promise<OpenedPage> {
  const { width = 1440, height = 900, locale = "es-CO", colorScheme = "light" } = wish;
  const context = await browser.newContext({
    viewport: { width, height },
    ...{ locale, colorScheme },
    reducedMotion: "reduce",
    serviceWorkers: wish.withoutWorker ? "block" : "allow",
  });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const requests = recordRequests(page);
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    // What the policy forbids is only said there.
    if (/content security policy/iu.test(message.text())) faults.push(message.text());
  });
  return {
    ...{ page, context, requests, faults },
    strangers: () => requests.filter((url) => !url.startsWith(home) && !/^(data|blob):/u.test(url)),
    close: () => context.close(),
  };
}
