import type { BrowserContext, Page } from "playwright-core";
import { waitUntil } from "./wait-until.ts";

/* A toast goes by itself after a few seconds, in which a busy machine may not look: what each said is written down in the page. */

const KEEP = `new MutationObserver((changes) => {
  globalThis.toastsSaid ??= [];
  for (const { addedNodes } of changes)
    for (const node of addedNodes) {
      if (!(node instanceof Element)) continue;
      const inside = node.querySelectorAll('[data-testid="toast"]');
      for (const toast of node.matches('[data-testid="toast"]') ? [node] : inside) toastsSaid.push(toast.textContent);
    }
}).observe(document, { childList: true, subtree: true });`;

/** Has the pages of this browser write down what their toasts say. */
export async function keepToasts(context: BrowserContext): Promise<void> {
  await context.addInitScript(KEEP);
}

/** Waits until a toast has said these words on the page as it was loaded last, and gives all of it. Each toast answers one question. */
export async function waitForToast(page: Page, words: string): Promise<string> {
  const take = `(() => {
    const said = globalThis.toastsSaid ?? [];
    const found = said.findIndex((each) => each.includes(${JSON.stringify(words)}));
    return found < 0 ? null : said.splice(found, 1)[0];
  })()`;
  return waitUntil(`the toast "${words}"`, () => page.evaluate(take) as Promise<string | null>);
}
