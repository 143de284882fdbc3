import type { Page } from "playwright-core";

/** What a person sees of the inbox. */
export interface ShownInbox {
  counts: string;
  list: string[];
  thread: string[];
}

/** What stands in list, thread and the numbers of the left column, without what a clock moves. */
export async function readInbox(page: Page): Promise<ShownInbox> {
  return (await page.evaluate(WHAT_STANDS)) as ShownInbox;
}

/** A fresh load has the newest page of a thread; of what was there longer, as much is compared. */
export function sameEnd([here, fresh]: readonly [ShownInbox, ShownInbox]): [
  ShownInbox,
  ShownInbox,
] {
  return [{ ...here, thread: here.thread.slice(-fresh.thread.length) }, fresh];
}

const WHAT_STANDS = `({
  counts: document.querySelector('[data-testid="inbox"] > nav').innerText.replace(/\\d+ (min|h)/gu, ""),
  list: [...document.querySelectorAll('[data-testid="conversation-row"]')].map((row) =>
    [row.dataset.id, row.dataset.unread, row.querySelector("[class*=words]")?.textContent].join(" ")),
  thread: [...document.querySelectorAll('[data-testid="bubble"], [data-testid="event"], [data-testid="note"]')].map((item) =>
    [item.dataset.id, item.dataset.status, item.textContent].join(" ")),
})`;
