import { checkAttachment } from "./check-attachment.ts";
import { checkInteractive } from "./check-interactive.ts";
import { checkTemplate } from "./check-template.ts";
import { asRecord, type CheckContext, type Checked, type Content, isLonger } from "./content.ts";
import type { MediaKind } from "./media-kinds.ts";
import { isRefusal, refuse, refuseParameter } from "./refusal.ts";

type Check = (context: CheckContext, object: Record<string, unknown>) => Checked<Content>;

const checks: Record<string, Check> = {
  text: checkText,
  image: (context, object) => checkMedia(context, "image", object),
  video: (context, object) => checkMedia(context, "video", object),
  audio: (context, object) => checkMedia(context, "audio", object),
  document: (context, object) => checkMedia(context, "document", object),
  sticker: (context, object) => checkMedia(context, "sticker", object),
  location: checkLocation,
  reaction: checkReaction,
  interactive: checkInteractive,
  template: checkTemplate,
};

const contactsMax = 257;
const opaqueCharactersMax = 512;

/** Everything of a send that is judged by its body alone (fact sheet 1.1, 1.4 to 1.6). */
export function checkContent(
  context: CheckContext,
  body: Record<string, unknown>,
): Checked<Content> {
  if (body.messaging_product === undefined) {
    return refuseParameter("The parameter messaging_product is required.");
  }
  if (body.messaging_product !== "whatsapp") {
    return refuseParameter("Param messaging_product must be one of {WHATSAPP}.");
  }
  if (body.recipient_type !== undefined && body.recipient_type !== "individual") {
    return refuse(131009, "Only recipient_type individual is played by this simulator.");
  }
  const opaque = body.biz_opaque_callback_data;
  if (opaque !== undefined && typeof opaque !== "string") {
    return refuseParameter("Param biz_opaque_callback_data must be a string.");
  }
  if (opaque !== undefined && isLonger(opaque, opaqueCharactersMax)) {
    return refuseParameter(
      `Param biz_opaque_callback_data must be at most ${opaqueCharactersMax} characters long.`,
    );
  }
  const type = body.type ?? "text";
  if (type === "contacts") return checkContacts(body.contacts);
  const check = typeof type === "string" && Object.hasOwn(checks, type) ? checks[type] : undefined;
  if (check === undefined) return refuse(131051, `Unsupported message type: ${String(type)}`);
  const object = asRecord(body[String(type)]);
  if (object === undefined) return refuse(131008, `Parameter '${String(type)}' is mandatory`);
  return check(context, object);
}

function checkText(_context: CheckContext, text: Record<string, unknown>): Checked<Content> {
  if (text.body === undefined) return refuse(131008, "Parameter 'text.body' is mandatory");
  if (typeof text.body !== "string") return refuseParameter("Param text['body'] must be a string.");
  if (text.body.trim() === "") {
    return refuseParameter("Param text['body'] must be at least 1 characters long.");
  }
  if (isLonger(text.body, 4096)) {
    return refuseParameter("Param text['body'] must be at most 4096 characters long.");
  }
  return { type: "text", body: text.body };
}

function checkMedia(
  context: CheckContext,
  kind: MediaKind,
  object: Record<string, unknown>,
): Checked<Content> {
  const checked = checkAttachment(context, { kind, object, path: kind, place: "body" });
  if (isRefusal(checked)) return checked;
  const { caption } = object;
  if (caption !== undefined && (kind === "audio" || kind === "sticker")) {
    return refuseParameter(`Unexpected key "caption" on param "${kind}".`);
  }
  if (caption !== undefined && typeof caption !== "string") {
    return refuseParameter(`Param ${kind}['caption'] must be a string.`);
  }
  if (caption !== undefined && isLonger(caption, 1024)) {
    return refuseParameter(`Param ${kind}['caption'] must be at most 1024 characters long.`);
  }
  return { type: kind, body: caption ?? null, ...checked };
}

function checkLocation(
  _context: CheckContext,
  location: Record<string, unknown>,
): Checked<Content> {
  for (const [key, bound] of [
    ["latitude", 90],
    ["longitude", 180],
  ] as const) {
    const value = location[key];
    if (value === undefined) return refuse(131008, `Parameter 'location.${key}' is mandatory`);
    if (!["string", "number"].includes(typeof value) || !(Math.abs(Number(value)) <= bound)) {
      return refuse(131009, `Parameter location.${key} is not a valid coordinate`);
    }
  }
  const parts = [location.name, location.address, `${location.latitude}, ${location.longitude}`];
  const lines = parts.filter((part) => typeof part === "string" && part !== "");
  return { type: "location", body: lines.join("\n") };
}

function checkContacts(contacts: unknown): Checked<Content> {
  if (!Array.isArray(contacts) || contacts.length === 0) {
    return refuse(131008, "Parameter 'contacts' is mandatory");
  }
  if (contacts.length > contactsMax) {
    return refuse(131009, `Contacts count exceeds the maximum of ${contactsMax}`);
  }
  const names: string[] = [];
  for (const [index, contact] of contacts.entries()) {
    const name = asRecord(asRecord(contact)?.name);
    const formatted = name?.formatted_name;
    if (typeof formatted !== "string" || formatted === "") {
      return refuse(131008, `Parameter 'contacts[${index}].name.formatted_name' is mandatory`);
    }
    const more = ["first_name", "last_name", "middle_name", "suffix", "prefix"];
    if (!more.some((key) => typeof name?.[key] === "string" && name[key] !== "")) {
      return refuse(131009, `contacts[${index}].name needs one more part beside formatted_name`);
    }
    names.push(formatted);
  }
  return { type: "contacts", body: names.join("\n") };
}

function checkReaction(
  _context: CheckContext,
  reaction: Record<string, unknown>,
): Checked<Content> {
  const { message_id: messageId, emoji } = reaction;
  if (typeof messageId !== "string" || messageId === "") {
    return refuse(131008, "Parameter 'reaction.message_id' is mandatory");
  }
  if (typeof emoji !== "string") return refuse(131008, "Parameter 'reaction.emoji' is mandatory");
  if (emoji !== "" && !/^[\p{Extended_Pictographic}\p{Emoji_Component}]{1,10}$/u.test(emoji)) {
    return refuse(131009, "Parameter reaction.emoji is not an emoji");
  }
  return { type: "reaction", body: emoji, reaction: { messageId, emoji } };
}
