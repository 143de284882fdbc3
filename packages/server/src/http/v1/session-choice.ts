import type { batchItem } from "@recado/contract/v1/messages";
import type { z } from "zod";
import { refuseField } from "../../accounts/check-fields.ts";
import {
  type ReferredMessage,
  type SendExtras,
  type SessionContent,
  takesHeaderFile,
} from "../../domain/session-content.ts";
import type { ReferredMessages } from "../../gateway/referred-messages.ts";
import { AppError } from "../../platform/app-error.ts";

type Item = Pick<
  z.output<typeof batchItem>,
  "text" | "template" | "media" | "button_payloads" | "reply_to" | (typeof KINDS)[number]
>;

/** The messages that these name, by id. */
export function listReferences(items: readonly Pick<Item, "reply_to" | "reaction">[]): string[] {
  return items.flatMap((item) => item.reaction?.message_id ?? item.reply_to ?? []);
}

/**
 * What a message asks for besides text, files and variables; null: nothing. Refuses, by field, what does not go together
 * and a message that the caller cannot see.
 */
export function readExtras(item: Item, known: ReferredMessages): SendExtras | null {
  const session = readSession(item);
  if (item.template) checkTemplate(item);
  else if (item.button_payloads) refuseField("button_payloads", "goes with a template only");
  if (session) checkSession(item, session);
  const referred = readReferred(item, known);
  const payloads = item.button_payloads ?? [];
  const place = item.template ? (item.location ?? null) : null;
  const isPlain = !session && !referred && payloads.length === 0 && !place;
  return isPlain ? null : { session, referred, payloads, place };
}

/** The kinds of which a message may be one. */
const KINDS = ["interactive", "location", "contact", "reaction"] as const;

function readSession(item: Item): SessionContent | null {
  const given = KINDS.filter((kind) => item[kind] !== undefined);
  const [first, second] = given;
  if (first && second) refuseField(second, `cannot go together with ${first}`);
  if (item.template) return null;
  if (item.interactive) return { kind: "interactive", interactive: item.interactive };
  if (item.location) return { kind: "location", place: item.location };
  if (item.contact) return { kind: "contacts", contact: item.contact };
  return item.reaction ? { kind: "reaction", reaction: item.reaction } : null;
}

function checkTemplate(item: Item): void {
  const wrong = (["interactive", "contact", "reaction"] as const).find((kind) => item[kind]);
  if (wrong) refuseField(wrong, "cannot go together with a template");
  if (item.reply_to) refuseField("reply_to", "a template cannot quote a message");
}

function checkSession(item: Item, session: SessionContent): void {
  if (item.text !== undefined) refuseField("text", `cannot go together with ${nameOf(session)}`);
  if (session.kind === "reaction" && item.reply_to) {
    refuseField("reply_to", "a reaction names its message itself");
  }
  if (!item.media) return;
  if (session.kind !== "interactive" || !takesHeaderFile(session.interactive)) {
    refuseField("media", "only buttons and links take a file, as their header");
  }
  if ("header" in session.interactive && session.interactive.header !== undefined) {
    refuseField("interactive.header", "is a text or a file (media), not both");
  }
}

function nameOf({ kind }: SessionContent): string {
  return kind === "contacts" ? "contact" : kind;
}

function readReferred(item: Item, known: ReferredMessages): ReferredMessage | null {
  const path = item.reaction ? "reaction.message_id" : "reply_to";
  const id = item.reaction?.message_id ?? item.reply_to;
  if (id === undefined) return null;
  const referred = known.get(id);
  if (referred === undefined) refuseReference("not_found", path, "there is no such message");
  if (referred !== "not-sent") return referred;
  const why = "WhatsApp has not got that message (yet)";
  return refuseReference("message_not_referable", path, why);
}

function refuseReference(
  code: "not_found" | "message_not_referable",
  path: string,
  message: string,
): never {
  throw new AppError(code, { message: `${path}: ${message}.`, errors: [{ path, message }] });
}
