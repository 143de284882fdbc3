import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Demo } from "@recado/contract/demo";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { type OpenedPage, openPage, type PageWish } from "./open-page.ts";
import { keepToasts } from "./toasts.ts";
import { waitUntil } from "./wait-until.ts";

/** Who signs in. */
export interface Person {
  login: string;
  password: string;
}

/** What a browser at the console is like. */
export interface ConsoleWish extends PageWish {
  locale?: "es-CO" | "en-US" | "en-GB";
  /** Who signed in here before; nobody unless said. */
  person?: Person;
  /** The first page that is opened. */
  at?: string;
  /** Through which the console is reached, if not by its own address. */
  baseUrl?: string;
}

/** Opens a browser of its own on the console. */
export async function openConsole(
  browser: Browser,
  demo: Demo,
  wish: ConsoleWish = {},
): Promise<OpenedPage> {
  const { person, at = "/", baseUrl = demo.baseUrl, ...rest } = wish;
  const opened = await openPage(browser, baseUrl, rest);
  await keepToasts(opened.context);
  if (person) await keepSession(opened.context, baseUrl, person);
  await opened.page.goto(new URL(at, baseUrl).href);
  return opened;
}

/** As if somebody had signed in there another day: what is tried then is not the form, which has its own tests. */
async function keepSession(
  context: BrowserContext,
  baseUrl: string,
  { login, password }: Person,
): Promise<void> {
  const headers = { "x-recado-console": "1", origin: baseUrl };
  const data = { login, password };
  const answer = await context.request.post(`${baseUrl}/console/api/sign-in`, { data, headers });
  assert.equal(answer.status(), 200, await answer.text());
}

/** Signs in by the form, by password alone, and waits for the shell. */
export async function signInAs(page: Page, person: Person): Promise<void> {
  await page.getByTestId("login").fill(person.login);
  await page.getByTestId("password").fill(person.password);
  await page.getByTestId("enter").click();
  await page.locator("#main").waitFor();
}

/** Waits until a page of the console listens to keys and may fetch what it has left for later. */
export async function waitUntilUsable(page: Page): Promise<void> {
  const isUsable = "performance.getEntriesByName('recado-usable').length > 0";
  await waitUntil("the page to be usable", () => page.evaluate(isUsable).then(Boolean));
}

/** The six digits that an app shows for a secret (RFC 6238: SHA-1, 30 seconds). */
export function codeOf(otpSecret: string, atMs: number = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const mac = createHmac("sha1", decodeBase32(otpSecret)).update(counter).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, "0");
}

function decodeBase32(text: string): Buffer {
  const bits = [...text.replace(/[=\s]/gu, "").toUpperCase()]
    .map((char) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(char).toString(2).padStart(5, "0"))
    .join("");
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
