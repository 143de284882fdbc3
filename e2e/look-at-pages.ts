/**
 * Takes every page, drawer, dialog and menu of the console and of the simulator's page in both languages, both themes and both
 * widths, and says what a picture does not: what is wider than its window, words of the other language, faults of the page,
 * requests that leave the machine, and what axe calls serious.
 *
 *   node e2e/look-at-pages.ts <folder> [--wide | --narrow] [--es | --en] [<part of a name> …]
 *
 * Starts a product of its own, lives a day in it, and stops it. `<folder>/report.json` has what was found.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findPlaces, lookAtPlaces } from "./look/look-at-places.ts";
import { playDay } from "./look/play-day.ts";
import { launchBrowser } from "./product/browser.ts";
import { startMailCatcher } from "./product/mail-catcher.ts";
import { startProduct } from "./start-product.ts";

const [folder, ...rest] = process.argv.slice(2);
const only = rest.filter((each) => each.startsWith("--")).map((each) => each.slice(2));
const parts = rest.filter((each) => !each.startsWith("--"));
if (folder === undefined) throw new Error("say where the pictures go");
mkdirSync(folder, { recursive: true });
const mail = await startMailCatcher();
// Whoever forgot a password is only helped where mail can be sent.
const product = await startProduct({
  env: { SMTP_URL: mail.url, MAIL_FROM: "Recado <avisos@example.com>" },
});
const browser = await launchBrowser();
try {
  const day = await playDay(product);
  const findings = await lookAtPlaces(
    { browser, demo: product.demo, day, folder, only },
    findPlaces(parts),
  );
  writeFileSync(join(folder, "report.json"), `${JSON.stringify(findings, null, 2)}\n`);
  const count = Object.values(findings).flat().length;
  process.stdout.write(`${count} findings in ${join(folder, "report.json")}\n`);
} finally {
  await browser.close();
  await product.stop();
  await mail.close();
}
