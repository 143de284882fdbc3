import type { OfficialNumber } from "../../store/numbers.ts";
import type { Place } from "../inbound-payload.ts";
import { toCard } from "../meta/inbound-event.ts";
import { nameOf } from "../meta/person-name.ts";
import type { InboundContent, UpstreamEvent } from "../upstream.ts";
import { formatOwnEvent } from "./own-event.ts";
import { toWhatsappId } from "./whatsapp-id.ts";

/**
 * Kinds that the fact sheet knows in Gupshup's own shape (4.9). The others come in Meta's whatever was subscribed,
 * as some do in earnest.
 */
export function canTellItself({ payload, hidden }: InboundContent): boolean {
  return !hidden && !["order", "edit", "system"].includes(payload.type);
}

const fileLifeMs = 7 * 24 * 60 * 60 * 1000;

/** The event `message`: somebody wrote (fact sheet 4.9). */
export function formatInboundEvent(
  content: InboundContent,
  number: OfficialNumber,
  urlOfFile: (number: OfficialNumber, mediaId: string) => string,
): UpstreamEvent {
  const { id, mobile, at, quoted } = content;
  if (content.payload.type === "revoke") {
    const ts = Math.floor(at / 1000);
    const payload = { id: quoted?.id, type: "deleted", destination: mobile, payload: { ts } };
    return formatOwnEvent(number, { type: "message-event", at, payload });
  }
  const [type, payload] = sayPayload(content, (mediaId) => urlOfFile(number, mediaId));
  const countryDigits = mobile.startsWith("1") ? 1 : 2;
  return formatOwnEvent(number, {
    type: "message",
    at,
    payload: {
      id,
      source: mobile,
      type,
      payload,
      sender: {
        phone: mobile,
        name: nameOf(mobile),
        country_code: mobile.slice(0, countryDigits),
        dial_code: mobile.slice(countryDigits),
      },
      ...sayContext(content),
    },
  });
}

/** What was sent by Gupshup has both ids, what the person wrote has WhatsApp's alone. */
function sayContext({ quoted, payload }: InboundContent): object {
  if (quoted === undefined || payload.type === "reaction") return {};
  if (quoted.direction === "out") return { context: { id: quoted.id } };
  const id = toWhatsappId(quoted.id, quoted.mobile);
  return { context: { id, gsId: quoted.id } };
}

function sayPayload(
  { payload, quoted, at }: InboundContent,
  urlOf: (mediaId: string) => string,
): [type: string, payload: object] {
  if (payload.type === "text") return ["text", { text: payload.text }];
  if (payload.type === "button") {
    const { text, payload: postbackText, position } = payload;
    return quoted?.type === "interactive"
      ? ["button_reply", { title: text, id: "qr-1", reply: `${text} ${position}`, postbackText }]
      : ["quick_reply", { text, type: "button", postbackText }];
  }
  if (payload.type === "row") return ["list_reply", sayRow(payload)];
  if (payload.type === "location") return ["location", sayPlace(payload.place)];
  if (payload.type === "contacts") return ["contact", { contacts: payload.cards.map(toCard) }];
  if (payload.type === "reaction") return ["reaction", sayReaction(payload.emoji, quoted)];
  if (payload.type !== "media") return [payload.type, {}];
  const { media, kind, caption } = payload;
  const file = {
    url: urlOf(media.id),
    contentType: media.mime,
    urlExpiry: at + fileLifeMs,
    ...(caption === null ? {} : { caption }),
  };
  if (kind !== "document") return [kind, file];
  return ["file", { ...file, name: media.name ?? "archivo" }];
}

function sayRow(row: Extract<InboundContent["payload"], { type: "row" }>): object {
  const { id: postbackText, text: title, description, position } = row;
  const reply = { title, id: "list-1", reply: `${title} ${position}`, postbackText };
  return description === null ? reply : { ...reply, description };
}

/** Coordinates are texts here. */
function sayPlace({ latitude, longitude, ...words }: Place): object {
  return { longitude: String(longitude), latitude: String(latitude), ...words };
}

function sayReaction(emoji: string, quoted: InboundContent["quoted"]): object {
  if (quoted === undefined) return { emoji };
  if (quoted.direction === "out") return { emoji, id: quoted.id };
  return { emoji, id: toWhatsappId(quoted.id, quoted.mobile), gsId: quoted.id };
}
