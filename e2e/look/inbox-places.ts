import type { Place, Visit } from "./place.ts";
import type { Day } from "./play-day.ts";

const at =
  (who: keyof Day["conversations"], more = "") =>
  (day: Day) =>
    `/?view=open&c=${day.conversations[who]}${more}`;
const heard = ({ page }: Visit) => page.getByTestId("bubble").first().waitFor();
const panelStands = ({ page }: Visit) => page.getByTestId("context-panel").waitFor();
const one = (
  name: string,
  who: keyof Day["conversations"],
  more: Partial<Place> & { doing?: (visit: Visit) => Promise<void> } = {},
): Place => {
  const { doing, ...rest } = more;
  const open = async (visit: Visit) => {
    await heard(visit);
    if (doing === undefined) return;
    await visit.page.getByRole("tab", { name: visit.word("Responder") }).click();
    await visit.page.getByTestId("composer-text").fill("");
    await doing(visit);
    // What is typed is kept as a draft, and the next place would begin with it.
    await visit.page.route("**/draft", (route) => route.abort());
  };
  return { name: `inbox-${name}`, path: at(who), isWindow: true, ...rest, open };
};
const write = ({ page }: Visit, text: string) =>
  page.getByTestId("composer-text").pressSequentially(text);

/** The inbox with what opens in it. */
export const INBOX_PLACES: readonly Place[] = [
  { name: "inbox-open", path: "/?view=open", isWindow: true },
  { name: "inbox-queue", path: "/?view=queue", isWindow: true },
  { name: "inbox-mine", path: "/?view=mine", isWindow: true },
  { name: "inbox-mentions", path: "/?view=mentions", isWindow: true },
  { name: "inbox-snoozed", path: "/?view=snoozed", isWindow: true },
  { name: "inbox-resolved", path: "/?view=resolved", isWindow: true },
  one("thread-work", "ana"),
  one("thread-media", "carlos"),
  one("thread-draft", "laura"),
  one("thread-failed", "failing"),
  one("thread-hidden", "hidden"),
  one("thread-long", "long"),
  one("thread-snoozed", "snoozed", {
    path: (day) => `/?view=snoozed&c=${day.conversations.snoozed}`,
  }),
  one("thread-resolved", "resolved", {
    path: (day) => `/?view=resolved&c=${day.conversations.resolved}`,
  }),
  one("thread-closed", "carlos", { laterHours: 25 }),
  { name: "inbox-panel", path: at("carlos", "&panel=1"), isWindow: true, open: panelStands },
  one("note", "ana", {
    doing: async (visit) => {
      await visit.page.getByRole("tab", { name: visit.word("Nota interna") }).click();
      await write(visit, "@");
    },
  }),
  one("canned", "ana", { doing: (visit) => write(visit, "/") }),
  one("formatted", "ana", { doing: (visit) => write(visit, "Le sirve el *jueves* a las _10:00_") }),
  one("emoji", "ana", {
    doing: async (visit) => {
      await visit.press("Emoji");
      await visit.page.getByRole("dialog").waitFor();
    },
  }),
  one("voice", "ana", { doing: (visit) => visit.press("Grabar una nota de voz") }),
  one("attached", "ana", {
    doing: async ({ page }) => {
      const files = [
        {
          name: "lista-de-precios-de-la-temporada-de-navidad-2026.pdf",
          mimeType: "application/pdf",
        },
        { name: "nota.txt", mimeType: "text/plain" },
      ];
      const buffer = Buffer.from("%PDF-1.4\n");
      await page
        .getByTestId("file-input")
        .setInputFiles(files.map((file) => ({ ...file, buffer })));
      await page.getByTestId("attachment").first().waitFor();
    },
  }),
  one("templates", "ana", {
    doing: async (visit) => {
      await visit.press("Plantillas");
      await visit.page.getByRole("dialog").waitFor();
    },
  }),
  one("template-form", "ana", {
    doing: async (visit) => {
      await visit.press("Plantillas");
      await visit.page.getByRole("dialog").getByText("recordatorio_cita").first().click();
      await visit.page.getByTestId("template-preview").waitFor();
    },
  }),
  one("labels", "ana", { only: "wide", doing: (visit) => visit.press("Etiquetas") }),
  one("snooze", "ana", { only: "wide", doing: (visit) => visit.press("Posponer") }),
  one("assign", "ana", { only: "wide", doing: (visit) => visit.press("Asignar o transferir") }),
  one("more", "ana", { only: "narrow", doing: (visit) => visit.press("Más acciones") }),
  ...(["Asignar o transferir", "Etiquetas", "Posponer"] as const).map((name, index) =>
    one(`more-${index}`, "ana", {
      only: "narrow",
      doing: async (visit) => {
        await visit.press("Más acciones");
        await visit.page.getByRole("menuitem", { name: visit.word(name) }).click();
      },
    }),
  ),
  one("picture", "carlos", {
    doing: async ({ page }) => {
      await page.getByTestId("bubble").locator("button img, img").first().click();
      await page.getByRole("dialog").waitFor();
    },
  }),
  {
    ...{ name: "inbox-filter", path: "/?view=open", isWindow: true as const },
    open: async ({ page }) => {
      await page.getByTestId("filter").click();
      await page.getByTestId("view-dialog").getByRole("dialog").waitFor();
    },
  },
  {
    ...{
      name: "inbox-view-menu",
      path: "/?view=open",
      isWindow: true as const,
      only: "wide" as const,
    },
    open: async ({ page }) => {
      const view = page.getByTestId("saved-views").locator("li, div").first();
      await view.hover();
      await page
        .getByTestId("saved-views")
        .locator("[aria-haspopup], button[aria-label]")
        .first()
        .click();
    },
  },
  {
    ...{ name: "inbox-bulk", path: "/?view=open", isWindow: true as const },
    open: async ({ page }) => {
      const rows = page.getByTestId("conversation-row");
      for (const index of [0, 1, 2]) {
        await rows.nth(index).hover();
        await rows.nth(index).getByRole("checkbox").check({ force: true });
      }
      await page.getByTestId("bulk-bar").waitFor();
    },
  },
  {
    ...{ name: "inbox-search", path: "/?view=open", isWindow: true as const },
    open: async ({ page }) => {
      await page.locator("#inbox-search").fill("cita");
      await page.getByTestId("search-results").waitFor();
    },
  },
  {
    ...{ name: "inbox-search-none", path: "/?view=open", isWindow: true as const },
    open: async ({ page, word }) => {
      await page.locator("#inbox-search").fill("xilófono");
      await page.getByText(word("Nada con esas palabras")).waitFor();
    },
  },
  {
    name: "inbox-gone",
    path: "/?view=open&c=01a20683-0000-7000-8000-000000000000",
    isWindow: true,
  },
  { name: "supervision", path: "/supervision" },
  { name: "reports", path: "/informes" },
  {
    ...{ name: "reports-calendar", path: "/informes", isWindow: true as const },
    open: ({ page, word }) => page.getByLabel(word("Desde"), { exact: true }).click(),
  },
  { name: "organise", path: "/organizar" },
  {
    ...{ name: "organise-hours", path: "/organizar" },
    open: ({ page, word }) =>
      page.getByLabel(word("Atender solo en este horario")).check({ force: true }),
  },
];
