import type { DueStep, OutboxEntry } from "../store/events.ts";
import type { MediaRow } from "../store/media.ts";
import type { MessageRow } from "../store/messages.ts";
import type { OfficialNumber } from "../store/numbers.ts";

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
    /** A tap on a button of the quoted message. */
    | { type: "button"; text: string; payload: string }
    | { type: "media"; kind: string; media: MediaRow; caption: string | null };
}

/** What a provider adds to the common life of a message: the shape of its events. */
export interface UpstreamEvents {
  /** An id for what a person writes. */
  createInboundId(mobile: string): string;
  /** The event that tells a step; the row carries message and step. */
  formatStatus(step: DueStep, number: OfficialNumber): Pick<OutboxEntry, "kind" | "json">;
  /** The event that tells that somebody wrote. */
  formatInbound(
    content: InboundContent,
    number: OfficialNumber,
  ): Pick<OutboxEntry, "kind" | "json">;
}
