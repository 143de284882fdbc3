import type { Browser } from "playwright-core";
import type { Product } from "../start-product.ts";
import { type ConsoleWish, openConsole } from "./console-page.ts";
import type { OpenedPage } from "./open-page.ts";

/** Who sits down at the inbox, and where. */
export interface Seat extends Omit<ConsoleWish, "person"> {
  login: string;
}

/** Somebody of the demonstration's account sits down at the inbox; it is live when this resolves. */
export async function sitDown(
  browser: Browser,
  { demo }: Product,
  { login, at = "/?view=queue", ...wish }: Seat,
): Promise<OpenedPage> {
  const person = { login, password: demo.console.password };
  const seat = await openConsole(browser, demo, { ...wish, at, person });
  await seat.page.getByTestId("inbox").waitFor();
  const sign = seat.page.locator('[data-testid="live-sign"][data-state="live"]');
  await sign.first().waitFor({ state: "attached" });
  return seat;
}

/** A person writes to the demonstration's number. */
export function writeToDemo(
  { simulator, demo }: Product,
  from: string,
  text: string,
): Promise<string> {
  return simulator.inbound({ from, to: demo.officialNumber, text });
}
