import type { MediaRow } from "../store/media.ts";

/** A place on the map. */
export interface Place {
  latitude: number;
  longitude: number;
  name?: string | undefined;
  address?: string | undefined;
}

/** A card out of somebody's address book. */
export interface Card {
  name: string;
  phones: string[];
  organization?: string | undefined;
}

/** Products out of a catalogue. */
export interface Order {
  catalogId: string;
  note?: string | undefined;
  items: { productId: string; quantity: number; price: number; currency: string }[];
}

/** Whatever makes a bubble of its own. */
export type NewPayload =
  | { type: "text"; text: string }
  /** A tap on a button of the quoted message; `position` counts from 1. */
  | { type: "button"; text: string; payload: string; position: number }
  /** A row chosen from the quoted list; `position` counts from 1 over all sections. */
  | { type: "row"; id: string; text: string; description: string | null; position: number }
  | { type: "media"; kind: string; media: MediaRow; caption: string | null }
  | { type: "location"; place: Place }
  | { type: "contacts"; cards: Card[] }
  | { type: "order"; order: Order }
  /** The person has another number from now on; told about the old one. */
  | { type: "system"; newMobile: string };

/** Whatever changes the quoted bubble. */
export type ChangePayload =
  /** "" takes it back. */
  { type: "reaction"; emoji: string } | { type: "edit"; text: string } | { type: "revoke" };

/** What a person does. */
export type InboundPayload = NewPayload | ChangePayload;

/** The words of a bubble. */
export function wordsOf(payload: NewPayload): string {
  switch (payload.type) {
    case "text":
    case "button":
    case "row":
      return payload.text;
    case "media":
      return payload.caption ?? "";
    case "location": {
      const { name, address, latitude, longitude } = payload.place;
      return [name, address, `${latitude}, ${longitude}`].filter(Boolean).join("\n");
    }
    case "contacts":
      return payload.cards.map(({ name, phones }) => [name, ...phones].join("\n")).join("\n\n");
    case "order": {
      const lines = payload.order.items.map((item) => `${item.quantity} × ${item.productId}`);
      return [payload.order.note, ...lines].filter(Boolean).join("\n");
    }
    case "system":
      return `→ +${payload.newMobile}`;
  }
}
