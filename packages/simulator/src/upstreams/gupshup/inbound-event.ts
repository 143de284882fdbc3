import type { OfficialNumber } from "../../store/numbers.ts";
import { nameOf } from "../meta/events.ts";
import type { InboundContent, UpstreamEvent } from "../upstream.ts";
import { formatOwnEvent } from "./own-event.ts";
import { toWhatsappId } from "./whatsapp-id.ts";

const fileLifeMs = 7 * 24 * 60 * 60 * 1000;

/** The event `message`: somebody wrote (fact sheet 4.9). */
export function formatInboundEvent(
  content: InboundContent,
  number: OfficialNumber,
  urlOfFile: (number: OfficialNumber, mediaId: string) => string,
): UpstreamEvent {
  const { id, mobile, at } = content;
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
function sayContext({ quoted }: InboundContent): object {
  if (quoted === undefined) return {};
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
  if (payload.type === "row") {
    const { text: title, id: postbackText, description, position } = payload;
    const reply = `${title} ${position}`;
    return [
      "list_reply",
      { title, id: "list-1", reply, postbackText, ...(description !== null && { description }) },
    ];
  }
  if (payload.type === "location") {
    const { name, address } = payload;
    const [longitude, latitude] = [String(payload.longitude), String(payload.latitude)];
    const named = { ...(name !== null && { name }), ...(address !== null && { address }) };
    return ["location", { longitude, latitude, ...named }];
  }
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
