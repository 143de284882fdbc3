import type { Interactive } from "@recado/contract/v1/session-content";
import type { OutgoingMedia } from "../../domain/outgoing.ts";
import type { SendCase } from "../conformance-cases.ts";

const LINK = "https://example.com/media/1";
const QUOTED = "0c9a7f52-6d1e-4b7a-8a55-3f1f0e6b2c11";

/** What is said inside the window besides text and files, and the form that must go out for it (fact sheet §1.2). */
export const sessionSendCases: readonly SendCase[] = [
  {
    shows: ["out:interactive-buttons"],
    content: interactive({
      type: "buttons",
      header: "Su pedido",
      body: "¿Lo recibe hoy?",
      footer: "Tienda Lima",
      buttons: [
        { id: "sí-881", title: "Sí 👍" },
        { id: "no-881", title: "No" },
      ],
    }),
    body: {
      path: "/wa/api/v1/msg",
      message: {
        type: "quick_reply",
        content: {
          type: "text",
          header: "Su pedido",
          text: "¿Lo recibe hoy?",
          caption: "Tienda Lima",
        },
        options: [
          { type: "text", title: "Sí 👍", postbackText: "sí-881" },
          { type: "text", title: "No", postbackText: "no-881" },
        ],
      },
    },
  },
  headed("image", { kind: "image", source: { link: LINK }, filename: null }, { type: "image" }),
  headed("video", { kind: "video", source: { link: LINK }, filename: null }, { type: "video" }),
  headed(
    "document",
    { kind: "document", source: { link: LINK }, filename: "123factura.pdf" },
    { type: "file", filename: "123factura.pdf" },
  ),
  {
    shows: ["out:interactive-list"],
    content: interactive(
      {
        type: "list",
        header: "Citas",
        body: "¿Cuándo puede venir?",
        footer: "Duran media hora",
        button: "Ver horas",
        sections: [
          { title: "Lunes", rows: [{ id: "l-10", title: "10:00", description: "con Ana" }] },
          { title: "Martes", rows: [{ id: "m-10", title: "10:00" }] },
        ],
      },
      QUOTED,
    ),
    body: {
      message: {
        type: "list",
        title: "Citas",
        body: "¿Cuándo puede venir?",
        footer: "Duran media hora",
        globalButtons: [{ type: "text", title: "Ver horas" }],
        items: [
          {
            title: "Lunes",
            options: [
              { type: "text", title: "10:00", description: "con Ana", postbackText: "l-10" },
            ],
          },
          { title: "Martes", options: [{ type: "text", title: "10:00", postbackText: "m-10" }] },
        ],
        context: { msgId: QUOTED },
      },
    },
  },
  {
    shows: ["out:interactive-link"],
    content: {
      ...interactive({
        type: "link",
        body: "Siga su pedido.",
        footer: "Tienda Lima",
        button: "Ver pedido",
        url: "https://example.com/p/881",
      }),
      media: { kind: "image", source: { link: LINK }, filename: null },
    },
    body: {
      message: {
        type: "cta_url",
        header: { type: "image", image: { link: LINK } },
        body: "Siga su pedido.",
        footer: "Tienda Lima",
        display_text: "Ver pedido",
        url: "https://example.com/p/881",
      },
    },
  },
  {
    shows: ["out:interactive-location-request"],
    content: interactive({ type: "location_request", body: "¿Dónde está?" }),
    body: {
      message: {
        type: "location_request_message",
        body: { type: "text", text: "¿Dónde está?" },
        action: { name: "send_location" },
      },
    },
  },
  {
    shows: ["out:location"],
    content: {
      type: "location",
      place: { latitude: 4.65, longitude: -74.05, name: "Tienda", address: "Calle 1 # 2-3" },
      replyTo: null,
    },
    body: {
      message: {
        type: "location",
        longitude: -74.05,
        latitude: 4.65,
        name: "Tienda",
        address: "Calle 1 # 2-3",
      },
    },
  },
  {
    shows: ["out:contact"],
    content: {
      type: "contacts",
      contact: {
        name: "Ana Gómez",
        phones: [{ phone: "+57 300 123 4567", type: "WORK", mobile: "573001234567" }],
        organization: "Tienda Lima",
      },
      replyTo: null,
    },
    body: {
      message: {
        type: "contact",
        contact: {
          name: { formattedName: "Ana Gómez", firstName: "Ana Gómez" },
          phones: [{ phone: "+57 300 123 4567", type: "WORK", wa_id: "573001234567" }],
          emails: [],
          org: { company: "Tienda Lima" },
        },
      },
    },
  },
  {
    shows: ["out:sticker"],
    content: {
      type: "media",
      media: { kind: "sticker", source: { link: LINK }, filename: "123a.webp" },
      caption: "no se ve",
      replyTo: null,
    },
    body: { message: { type: "sticker", url: LINK } },
  },
  {
    shows: ["out:reaction"],
    content: { type: "reaction", messageId: QUOTED, emoji: "👍" },
    body: { message: { type: "reaction", msgId: QUOTED, emoji: "👍" } },
  },
];

function interactive(
  content: Interactive,
  replyTo: string | null = null,
): SendCase["content"] & { type: "interactive" } {
  return { type: "interactive", interactive: content, media: null, replyTo };
}

/** Buttons below a file. */
function headed(format: string, media: OutgoingMedia, object: object): SendCase {
  const buttons = [{ id: "ok", title: "De acuerdo" }];
  return {
    shows: [`out:interactive-header-${format}`],
    content: { ...interactive({ type: "buttons", body: "¿Está bien?", buttons }), media },
    body: {
      message: {
        type: "quick_reply",
        content: { ...object, url: LINK, text: "¿Está bien?" },
        options: [{ type: "text", title: "De acuerdo", postbackText: "ok" }],
      },
    },
  };
}
