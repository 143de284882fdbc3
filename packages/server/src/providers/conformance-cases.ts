import type { ReceiveResult } from "../domain/inbound.ts";
import type { OutgoingContent } from "../domain/outgoing.ts";
import type { SendOutcome } from "../domain/send-outcome.ts";
import type { HookSecrets, Provider } from "./provider.ts";

/**
 * What a provider's folder hands to `conformance.test.ts`. Every case names the lines of the folder's
 * README that it proves (`shows`, for example `in:text`); a line that says yes or partial needs one.
 */
export interface ConformanceCases {
  readonly provider: Provider;
  /** The folder, with `README.md` and `fixtures/*.json` (each a {@link Fixture}). */
  readonly folder: URL;
  /** The headers with which the provider posts this body. */
  sign(body: Buffer, secrets: HookSecrets): Record<string, string>;
  /** Whether those headers count for this body alone; a mere secret counts for any. */
  readonly signsBody: boolean;
  /** The fewest bodies that hold the events of all, in their order. */
  join(bodies: readonly unknown[]): readonly unknown[];
  /** A body whose first event is this value, whatever it is, and whose second is fine and yields one item. */
  besides(value: unknown): unknown;
  /** Well-formed bodies that are somebody else's. */
  readonly foreign: readonly unknown[];
  /** What a sent request says, made plain for {@link SendCase.body}. */
  readSent(request: { path: string; body: string }): Record<string, unknown>;
  /** Whether our own id goes along with a message. */
  readonly sendsOpaque: boolean;
  readonly sends: readonly SendCase[];
  readonly replies: readonly ReplyCase[];
  /** A reply that accepts. */
  readonly acceptance: UpstreamAnswer;
}

/** A webhook and what must be read out of it, as JSON. */
export interface Fixture {
  readonly shows: readonly string[];
  readonly body: unknown;
  readonly items: Extract<ReceiveResult, { kind: "items" }>["items"];
}

/** A message and what the body that goes out for it must hold; the suite sends to +573001234567. */
export interface SendCase {
  readonly shows: readonly string[];
  readonly content: OutgoingContent;
  readonly body: Record<string, unknown>;
}

/** An answer of the upstream and what it must be read as. */
export interface ReplyCase {
  /** The guarantee that it protects. */
  readonly name: string;
  readonly shows: readonly string[];
  readonly answer: UpstreamAnswer;
  readonly outcome: SendOutcome;
}

/** What the upstream of a test answers. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}
