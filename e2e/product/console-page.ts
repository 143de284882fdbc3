import { createHmac } from "node:crypto";
import type { Demo } from "@recado/contract/demo";
import type { Browser, Page } from "playwright-core";
import { recordRequests } from "./browser.ts";

/** Somebody's browser at the console, and what it did that it should not have. */
export interface ConsolePage {
  page: Page;
  /** Addresses of other hosts, and errors of the page; both should be empty. */
  strangers(): string[];
  faults: string[];
  close(): Promise<void>;
}

/** What a browser is like. */
export interface ConsoleWish {
  width?: number;
  height?: number;
  locale?: "es-CO" | "en-US";
  colorScheme?: "light" | "dark";
}

const WAIT_MS = 15_000;

/** Opens a browser of its own on the console; nobody is signed in. */
export async function openConsole(
  browser: Browser,
  demo: Demo,
  wish: ConsoleWish = {},
): Promise<ConsolePage> {
  const { width = 1440, height = 900, locale = "es-CO", colorScheme = "light" } = wish;
  const viewport = { width, height };
  const context = await browser.newContext({
    viewport,
    locale,
    colorScheme,
    reducedMotion: "reduce",
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
  await page.goto(demo.consoleUrl);
  return {
    page,
    strangers: () =>
      requests.filter((url) => !url.startsWith(demo.baseUrl) && !/^(data|blob):/u.test(url)),
    faults,
    close: () => context.close(),
  };
}

/** Signs in by password alone and waits for the shell. */
export async function signInAs(
  page: Page,
  person: { login: string; password: string },
): Promise<void> {
  await page.getByTestId("login").fill(person.login);
  await page.getByTestId("password").fill(person.password);
  await page.getByTestId("enter").click();
  await page.locator("#main").waitFor();
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
