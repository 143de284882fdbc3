import type { Interactive, NewContactCard, Place } from "@recado/contract/v1/session-content";

type Json = Record<string, unknown>;

/** The `interactive` object (fact sheet §1.6). `header` is a header's file, as a media object with its type; null: none. */
export function formatInteractive(interactive: Interactive, header: Json | null): Json {
  const { type, body } = interactive;
  if (type === "location_request") {
    const action = { name: "send_location" };
    return { type: "location_request_message", body: { text: body }, action };
  }
  const above = header ?? (interactive.header && { type: "text", text: interactive.header });
  return {
    ...(above && { header: above }),
    body: { text: body },
    ...(interactive.footer !== undefined && { footer: { text: interactive.footer } }),
    ...formatAction(interactive),
  };
}

function formatAction(interactive: Exclude<Interactive, { type: "location_request" }>): Json {
  switch (interactive.type) {
    case "buttons": {
      const buttons = interactive.buttons.map((reply) => ({ type: "reply", reply }));
      return { type: "button", action: { buttons } };
    }
    case "list": {
      const { button, sections } = interactive;
      return { type: "list", action: { button, sections } };
    }
    case "link": {
      const parameters = { display_text: interactive.button, url: interactive.url };
      return { type: "cta_url", action: { name: "cta_url", parameters } };
    }
  }
}

/** A `location` object (§1.4). */
export function formatPlace({ latitude, longitude, name, address }: Place): Json {
  return {
    // Text and number are both taken (§1.4); a template's sample shows text.
    latitude: String(latitude),
    longitude: String(longitude),
    ...(name !== undefined && { name }),
    ...(address !== undefined && { address }),
  };
}

/** An element of `contacts` (§1.4): beside the name as shown there must be one of its parts. */
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
  const hasPart = first_name !== undefined || last_name !== undefined;
  return {
    name: {
      formatted_name: name,
      ...(hasPart ? {} : { first_name: name }),
      ...(first_name !== undefined && { first_name }),
      ...(last_name !== undefined && { last_name }),
    },
    ...(phones.length > 0 && { phones: phones.map(formatPhone) }),
    ...(emails.length > 0 && {
      emails: emails.map(({ email, type }) => ({ email, ...(type && { type }) })),
    }),
    ...((company ?? title) !== undefined && {
      org: { ...(company !== undefined && { company }), ...(title !== undefined && { title }) },
    }),
  };
}

function formatPhone({ phone, type, mobile }: NonNullable<NewContactCard["phones"]>[number]): Json {
  return { phone, ...(type && { type }), ...(mobile && { wa_id: mobile }) };
}
