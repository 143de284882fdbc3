import type { DueStep, OutboxEntry } from "../store/events.ts";
import type { MediaRow } from "../store/media.ts";
import type { MessageRow } from "../store/messages.ts";
import type { OfficialNumber } from "../store/numbers.ts";
import type { Template } from "../store/templates.ts";

/** A person's message, as every provider has to tell it. */
export interface InboundContent {
  id: string;
  numberId: string;
  mobile: string;
  /** Milliseconds. */
  at: number;
  /** The bubble that it quotes. */
  quoted: MessageRow | undefined;
  payload:
    | { type: "text"; text: string }
    /** A tap on a button of the quoted message; `position` counts from 1. */
    | { type: "button"; text: string; payload: string; position: number }
    /** A row chosen from the quoted list; `position` counts from 1 over all sections. */
    | { type: "row"; id: string; text: string; description: string | null; position: number }
    | PlacePayload
    | { type: "media"; kind: string; media: MediaRow; caption: string | null };
}

/** Where somebody is. */
export interface PlacePayload {
  type: "location";
  latitude: number;
  longitude: number;
  name: string | null;
  address: string | null;
}

/** An event, ready to be posted. */
export type UpstreamEvent = Pick<OutboxEntry, "kind" | "json">;

/** The providers that are played. */
export type Upstreams = Readonly<Record<OfficialNumber["provider"], UpstreamEvents>>;

/** What a provider adds to the common life of a message: the shape of its events. */
export interface UpstreamEvents {
  /** An id for what a person writes. */
  createInboundId(mobile: string): string;
  /** The events that tell a step, in their order; the row carries message and step. */
  formatStatus(step: DueStep, number: OfficialNumber): UpstreamEvent[];
  /** The event that tells that somebody wrote. */
  formatInbound(content: InboundContent, number: OfficialNumber): UpstreamEvent;
  /** The event that tells that a template was decided about. */
  formatTemplate(template: Template, number: OfficialNumber): UpstreamEvent;
}
