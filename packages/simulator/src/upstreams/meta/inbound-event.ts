import type { OfficialNumber } from "../../store/numbers.ts";
import type { Card, Order } from "../inbound-payload.ts";
import type { InboundContent } from "../upstream.ts";
import { nameOf } from "./person-name.ts";
import { toBusinessScopedId } from "./wa-id.ts";

/** The contacts and the message of one inbound change (fact sheet 3.4, 3.5). */
export function toInbound(
  content: InboundContent,
  number: OfficialNumber,
  urlOfMedia: (id: string) => string,
): { contacts?: object[]; messages: object[] } {
  const { mobile, payload, hidden } = content;
  const userId = toBusinessScopedId(mobile, number.wabaId);
  const head = { id: content.id, timestamp: String(Math.floor(content.at / 1000)) };
  if (payload.type === "system") {
    const { newMobile } = payload;
    const system = {
      body: `${nameOf(mobile)} changed from ${mobile} to ${newMobile}`,
      type: "user_changed_number",
      wa_id: newMobile,
      user_id: toBusinessScopedId(newMobile, number.wabaId),
      previous_user_id: userId,
    };
    return { messages: [{ from: mobile, ...head, type: "system", system }] };
  }
  const card = { profile: { name: nameOf(mobile) }, user_id: userId };
  return {
    contacts: [hidden ? card : { ...card, wa_id: mobile }],
    messages: [
      {
        ...contextOf(content, number),
        ...(hidden ? {} : { from: mobile }),
        from_user_id: userId,
        ...head,
        ...payloadOf(content, urlOfMedia),
      },
    ],
  };
}

/** What changes a message names it itself. */
function contextOf({ quoted, payload, mobile }: InboundContent, number: OfficialNumber): object {
  if (quoted === undefined || ["reaction", "edit", "revoke"].includes(payload.type)) return {};
  const from = quoted.direction === "out" ? mobile : number.displayNumber;
  return { context: { from, id: quoted.id } };
}

function payloadOf(
  { payload, quoted }: InboundContent,
  urlOfMedia: (id: string) => string,
): Record<string, unknown> {
  const about = quoted?.id ?? "";
  switch (payload.type) {
    case "text":
      return { type: "text", text: { body: payload.text } };
    case "button":
      return buttonOf(payload, quoted?.type === "interactive");
    case "row": {
      const { id, text: title, description } = payload;
      const reply = { id, title, ...(description === null ? {} : { description }) };
      return { type: "interactive", interactive: { type: "list_reply", list_reply: reply } };
    }
    case "location":
      return { type: "location", location: payload.place };
    case "contacts":
      return { type: "contacts", contacts: payload.cards.map(toCard) };
    case "order":
      return { type: "order", order: toOrder(payload.order) };
    case "reaction": {
      // Taken back: there is no emoji at all.
      const emoji = payload.emoji === "" ? {} : { emoji: payload.emoji };
      return { type: "reaction", reaction: { message_id: about, ...emoji } };
    }
    case "edit": {
      const message = { type: "text", text: { body: payload.text } };
      return { type: "edit", edit: { original_message_id: about, message } };
    }
    case "revoke":
      return { type: "revoke", revoke: { original_message_id: about } };
    case "media":
      return mediaOf(payload, urlOfMedia);
    default:
      return {};
  }
}

function buttonOf(tap: { text: string; payload: string }, isInteractive: boolean) {
  if (!isInteractive) return { type: "button", button: { payload: tap.payload, text: tap.text } };
  const reply = { id: tap.payload, title: tap.text };
  return { type: "interactive", interactive: { type: "button_reply", button_reply: reply } };
}

function mediaOf(
  { media, kind, caption }: Extract<InboundContent["payload"], { type: "media" }>,
  urlOfMedia: (id: string) => string,
): Record<string, unknown> {
  return {
    type: kind,
    [kind]: {
      ...(caption === null || kind === "audio" || kind === "sticker" ? {} : { caption }),
      ...(kind === "document" ? { filename: media.name ?? "archivo" } : {}),
      mime_type: media.mime,
      sha256: Buffer.from(media.sha256, "hex").toString("base64"),
      id: media.id,
      url: urlOfMedia(media.id),
      ...(kind === "audio" ? { voice: false } : {}),
      ...(kind === "sticker" ? { animated: false } : {}),
    },
  };
}

/** A card as both providers write it (1.4; Gupshup 4.9). */
export function toCard({ name, phones, organization }: Card): Record<string, unknown> {
  const [first = name, ...rest] = name.split(" ");
  return {
    name: {
      formatted_name: name,
      first_name: first,
      ...(rest.length > 0 ? { last_name: rest.join(" ") } : {}),
    },
    phones: phones.map((phone) => ({
      phone,
      type: "CELL",
      wa_id: phone.replaceAll(/[^\d]/g, ""),
    })),
    ...(organization === undefined ? {} : { org: { company: organization } }),
  };
}

function toOrder({ catalogId, note, items }: Order): Record<string, unknown> {
  return {
    catalog_id: catalogId,
    ...(note === undefined ? {} : { text: note }),
    product_items: items.map((item) => ({
      product_retailer_id: item.productId,
      quantity: item.quantity,
      item_price: item.price,
      currency: item.currency,
    })),
  };
}
