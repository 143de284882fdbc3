import type { Interactive, NewContactCard, Place } from "@recado/contract/v1/session-content";
import type { OutgoingMedia } from "../../domain/outgoing.ts";

type Json = Record<string, unknown>;
type With<Type extends Interactive["type"]> = Extract<Interactive, { type: Type }>;

/** The message of an interactive kind (fact sheet §1.2); `media` is the header's file. */
export function formatInteractive(interactive: Interactive, media: OutgoingMedia | null): Json {
  switch (interactive.type) {
    case "buttons":
      return formatButtons(interactive, media);
    case "list":
      return formatList(interactive);
    case "link":
      return formatLink(interactive, media);
    case "location_request": {
      const body = { type: "text", text: interactive.body };
      return { type: "location_request_message", body, action: { name: "send_location" } };
    }
  }
}

/** In `content`, `caption` is the footer; a document is a `file` here. */
function formatButtons(
  { body, header, footer, buttons }: With<"buttons">,
  media: OutgoingMedia | null,
): Json {
  const options = buttons.map(({ id, title }) => ({ type: "text", title, postbackText: id }));
  const file = media && formatFile(media);
  return {
    type: "quick_reply",
    content: {
      ...(file ?? { type: "text" }),
      ...(header !== undefined && { header }),
      text: body,
      ...(footer !== undefined && { caption: footer }),
    },
    options,
  };
}

function formatFile({ kind, source, filename }: OutgoingMedia): Json {
  const place = "link" in source ? { url: source.link } : { id: source.id };
  if (kind !== "document") return { type: kind, ...place };
  return { type: "file", ...place, ...(filename !== null && { filename }) };
}

function formatList({ body, header, footer, button, sections }: With<"list">): Json {
  return {
    type: "list",
    // The samples always have a title; without a header it is empty.
    title: header ?? "",
    body,
    ...(footer !== undefined && { footer }),
    globalButtons: [{ type: "text", title: button }],
    items: sections.map(({ title, rows }) => ({
      ...(title !== undefined && { title }),
      options: rows.map((row) => ({
        type: "text",
        title: row.title,
        ...(row.description !== undefined && { description: row.description }),
        postbackText: row.id,
      })),
    })),
  };
}

function formatLink(
  { body, header, footer, button, url }: With<"link">,
  media: OutgoingMedia | null,
): Json {
  const text = header === undefined ? null : { type: "text", text: header };
  const above = media ? { type: media.kind, [media.kind]: headerFile(media) } : text;
  return {
    type: "cta_url",
    ...(above && { header: above }),
    body,
    ...(footer !== undefined && { footer }),
    display_text: button,
    url,
  };
}

function headerFile({ kind, source, filename }: OutgoingMedia): Json {
  return kind === "document" && filename !== null ? { ...source, filename } : { ...source };
}

/** A place: numbers in a message, texts in a template's header (§1.2, §2.3). */
export function formatPlace(
  { latitude, longitude, name, address }: Place,
  write: (degrees: number) => number | string = (degrees) => degrees,
): Json {
  return {
    longitude: write(longitude),
    latitude: write(latitude),
    ...(name !== undefined && { name }),
    ...(address !== undefined && { address }),
  };
}

/** A card in Gupshup's spelling (§1.2); WhatsApp wants one part of the name beside the whole. */
export function formatContact(card: NewContactCard): Json {
  const {
    name,
    first_name,
    last_name,
    phones = [],
    emails = [],
    organization: company,
    title,
  } = card;
  const firstName = first_name ?? (last_name === undefined ? name : undefined);
  return {
    name: {
      formattedName: name,
      ...(firstName !== undefined && { firstName }),
      ...(last_name !== undefined && { lastName: last_name }),
    },
    phones: phones.map(({ phone, type, mobile }) => ({
      phone,
      ...(type && { type }),
      ...(mobile && { wa_id: mobile }),
    })),
    emails: emails.map(({ email, type }) => ({ email, ...(type && { type }) })),
    ...((company ?? title) !== undefined && {
      org: { ...(company !== undefined && { company }), ...(title !== undefined && { title }) },
    }),
  };
}
