import type { DueStep, OutboxEntry } from "../store/events.ts";
import type { MessageRow } from "../store/messages.ts";
import type { OfficialNumber } from "../store/numbers.ts";
import type { Template } from "../store/templates.ts";
import type { InboundPayload } from "./inbound-payload.ts";

/** A person's message, as every provider has to tell it. */
export interface InboundContent {
  id: string;
  numberId: string;
  mobile: string;
  /** Milliseconds. */
  at: number;
  /** The bubble that it quotes. */
  quoted: MessageRow | undefined;
  payload: InboundPayload;
  /** The person hides the number: only the business-scoped id is told. */
  hidden: boolean;
}

/** An event, ready to be posted. */
export type UpstreamEvent = Pick<OutboxEntry, "kind" | "json">;

/** What happened to a template. */
export type TemplateNews = { kind: "status" } | { kind: "category" | "quality"; previous: string };

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
  /** The event that tells what happened to a template. */
  formatTemplate(template: Template, number: OfficialNumber, news: TemplateNews): UpstreamEvent;
}
