import type { Interactive } from "@recado/contract/v1/session-content";
import type { OutgoingMedia } from "../../domain/outgoing.ts";
import type { SendCase } from "../conformance-cases.ts";

const LINK = "https://example.com/i.png";
const QUOTED = "wamid.HBgMNTczMDAxMjM0NTY3FQIAERgSOUEzQ0E1QjNENENENkU2N0U3AA==";

const button = (id: string, title: string) => ({ type: "reply", reply: { id, title } });

/** What is said inside the window besides text and files, and the body that must go out for it (fact sheet §1.4, §1.6). */
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
      type: "interactive",
      interactive: {
        type: "button",
        header: { type: "text", text: "Su pedido" },
        body: { text: "¿Lo recibe hoy?" },
        footer: { text: "Tienda Lima" },
        action: { buttons: [button("sí-881", "Sí 👍"), button("no-881", "No")] },
      },
    },
  },
  headed("image", { kind: "image", source: { link: LINK }, filename: "i.png" }, { link: LINK }),
  headed("video", { kind: "video", source: { id: "10376" }, filename: null }, { id: "10376" }),
  headed(
    "document",
    { kind: "document", source: { id: "10377" }, filename: "123factura.pdf" },
    { id: "10377", filename: "123factura.pdf" },
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
      type: "interactive",
      context: { message_id: QUOTED },
      interactive: {
        type: "list",
        header: { type: "text", text: "Citas" },
        body: { text: "¿Cuándo puede venir?" },
        footer: { text: "Duran media hora" },
        action: {
          button: "Ver horas",
          sections: [
            { title: "Lunes", rows: [{ id: "l-10", title: "10:00", description: "con Ana" }] },
            { title: "Martes", rows: [{ id: "m-10", title: "10:00" }] },
          ],
        },
      },
    },
  },
  {
    shows: ["out:interactive-link"],
    content: interactive({
      type: "link",
      body: "Siga su pedido.",
      button: "Ver pedido",
      url: "https://example.com/p/881",
    }),
    body: {
      type: "interactive",
      interactive: {
        type: "cta_url",
        body: { text: "Siga su pedido." },
        action: {
          name: "cta_url",
          parameters: { display_text: "Ver pedido", url: "https://example.com/p/881" },
        },
      },
    },
  },
  {
    shows: ["out:interactive-location-request"],
    content: interactive({ type: "location_request", body: "¿Dónde está?" }),
    body: {
      type: "interactive",
      interactive: {
        type: "location_request_message",
        body: { text: "¿Dónde está?" },
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
      type: "location",
      location: {
        latitude: "4.65",
        longitude: "-74.05",
        name: "Tienda",
        address: "Calle 1 # 2-3",
      },
    },
  },
  {
    shows: ["out:contacts"],
    content: {
      type: "contacts",
      contact: {
        name: "Ana Gómez",
        phones: [{ phone: "+57 300 123 4567", type: "WORK", mobile: "573001234567" }],
        emails: [{ email: "ana@example.com", type: "WORK" }],
        organization: "Tienda Lima",
        title: "Gerente",
      },
      replyTo: null,
    },
    body: {
      type: "contacts",
      contacts: [
        {
          name: { formatted_name: "Ana Gómez", first_name: "Ana Gómez" },
          phones: [{ phone: "+57 300 123 4567", type: "WORK", wa_id: "573001234567" }],
          emails: [{ email: "ana@example.com", type: "WORK" }],
          org: { company: "Tienda Lima", title: "Gerente" },
        },
      ],
    },
  },
  {
    shows: ["out:sticker"],
    content: {
      type: "media",
      media: { kind: "sticker", source: { id: "10378" }, filename: "123a.webp" },
      caption: "no se ve",
      replyTo: null,
    },
    body: { type: "sticker", sticker: { id: "10378" } },
  },
  {
    shows: ["out:reaction"],
    content: { type: "reaction", messageId: QUOTED, emoji: "👍" },
    body: { type: "reaction", reaction: { message_id: QUOTED, emoji: "👍" } },
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
      type: "interactive",
      interactive: {
        type: "button",
        header: { type: format, [format]: object },
        body: { text: "¿Está bien?" },
        action: { buttons: [button("ok", "De acuerdo")] },
      },
    },
  };
}
