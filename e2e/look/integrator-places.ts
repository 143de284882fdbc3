import type { Place } from "./place.ts";
import { pressForDialog } from "./press-for-dialog.ts";

/** What integrators use. */
export const INTEGRATOR_PLACES: readonly Place[] = [
  { name: "first-run", path: "/inicio" },
  { name: "messages", path: "/mensajes" },
  { name: "messages-failed", path: "/mensajes?estado=failed" },
  { name: "messages-none", path: "/mensajes?celular=573999999999" },
  ...(["failed", "read", "scheduled", "cancelled", "inbound"] as const).map(
    (state): Place => ({
      name: `message-${state}`,
      path: (day) => `/mensajes/${day.messages[state]}`,
    }),
  ),
  { name: "message-gone", path: "/mensajes/01a20683-0000-7000-8000-000000000000" },
  { name: "templates", path: "/plantillas" },
  { name: "template", path: "/plantillas/1" },
  { name: "template-draft", path: (day) => `/plantillas/${day.business.template}` },
  ...(["rejected", "paused", "pending"] as const).map(
    (status): Place => ({
      name: `template-${status}`,
      path: (_, demo) =>
        `/plantillas/${demo.templates.find((each) => each.status === status)?.id_template ?? 1}`,
    }),
  ),
  {
    name: "template-remove",
    path: "/plantillas/1",
    isWindow: true,
    open: pressForDialog("Eliminar"),
  },
  { name: "template-new", path: "/plantillas/nueva" },
  {
    ...{ name: "template-findings", path: "/plantillas/nueva" },
    open: async ({ page, word }) => {
      await page.getByLabel(word("Nombre")).fill("entrega_en_camino");
      await page.getByLabel(word("Cuerpo")).fill("{{1}} su pedido *{{2}}* llega hoy {{3}}");
      await page.getByTestId("findings").getByText(word("Lo rechazaría")).first().waitFor();
    },
  },
  { name: "template-edit", path: "/plantillas/1/editar" },
  { name: "webhooks", path: "/webhooks" },
  {
    name: "webhook-add",
    path: "/webhooks",
    isWindow: true,
    open: pressForDialog("Agregar una dirección"),
  },
  ...(["good", "failing", "shut"] as const).map(
    (which): Place => ({
      name: `webhook-${which}`,
      path: (day) => `/webhooks/${day.business.endpoints[which]}`,
    }),
  ),
  {
    ...{ name: "webhook-change", isWindow: true, open: pressForDialog("Cambiar") },
    path: (day) => `/webhooks/${day.business.endpoints.failing}`,
  },
  {
    ...{ name: "webhook-remove", isWindow: true, open: pressForDialog("Eliminar") },
    path: (day) => `/webhooks/${day.business.endpoints.failing}`,
  },
  {
    name: "delivery-failing",
    path: ({ business: { endpoints } }) =>
      `/webhooks/${endpoints.failing}/entregas/${endpoints.delivery}`,
  },
  {
    name: "delivery-good",
    path: ({ business: { endpoints } }) =>
      `/webhooks/${endpoints.good}/entregas/${endpoints.delivered}`,
  },
  { name: "try-it", path: "/probar" },
  {
    ...{ name: "try-it-refused", path: "/probar?plantilla=1" },
    open: async (visit) => {
      await visit.page.getByLabel(visit.word("Celular")).fill("12");
      await visit.press("Enviar");
      await visit.page.getByTestId("answer").waitFor();
    },
  },
];
