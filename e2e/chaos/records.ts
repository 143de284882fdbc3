/* What the four witnesses of a run wrote down: the callers, the database, WhatsApp's side and the integrator. */

/** An answer that a caller got: a code of the manual, or none that tells what became of the send. */
export type CallerAnswer = number | "lost" | "unavailable";

/** A send as its caller knows it. */
export interface CallerSend {
  mobile: string;
  /** The code that must come: 1, or the refusal that was provoked. */
  wanted: number;
  /** Whether it carried an idempotency key, so that a repeat is answered as the first was. */
  keyed: boolean;
  answers: CallerAnswer[];
  messageId: string | null;
}

/** A message as the database has it in the end. */
export interface StoredMessage {
  id: string;
  mobile: string;
  status: string;
  /** Null: nothing is owed to it any more. */
  lane: string | null;
  code: string | null;
  reason: string | null;
  price: bigint;
  refunded: boolean;
  /** Calls to WhatsApp whose outcome was never learnt from the call itself. */
  unknownCalls: number;
}

/** A movement of money. */
export interface StoredTransfer {
  causeId: string;
  kind: string;
  debit: string;
  credit: string;
  amount: bigint;
}

/** An event of the log. */
export interface StoredEvent {
  seq: bigint;
  messageId: string | null;
  kind: string;
}

/** A webhook as the database has it in the end. */
export interface StoredDelivery {
  id: string;
  messageId: string | null;
  kind: string;
  seq: bigint;
  state: string;
}

/** A message as WhatsApp's side took it. */
export interface SubmittedMessage {
  /** WhatsApp's own id. */
  id: string;
  mobile: string;
  /** The id that we sent along. */
  opaque: string;
  status: string;
}

/** A webhook as the integrator took it, in the order of the answers; one can come more than once. */
export interface ReceivedEvent {
  deliveryId: string;
  messageId: string;
  kind: string;
}

/** Something that was done to the product. */
export interface TroubleRecord {
  name: string;
  /** What exactly: which server, how many connections. */
  what: string;
  startedAtMs: number;
  durationMs: number;
  /** Calls to WhatsApp that were under way in servers when they were killed: they may end as unknown. */
  callsUnderWay: number;
}

/** What the callers had in mind, and what came of it. */
export interface OfferedLoad {
  perSecond: number;
  seconds: number;
  /** Sends that were due and not begun, because every hand was waiting for an answer. */
  skipped: number;
}

/** Everything that is known of a run when all is quiet again. */
export interface ChaosRecords {
  /** What each accepted send costs. */
  price: bigint;
  sends: CallerSend[];
  messages: StoredMessage[];
  transfers: StoredTransfer[];
  events: StoredEvent[];
  deliveries: StoredDelivery[];
  /** The balance that the wallet's row says. */
  balance: bigint;
  /** Rows of other accounts that a refused send could have left. */
  strayRows: number;
  submitted: SubmittedMessage[];
  received: ReceivedEvent[];
  forged: number;
  /** What `recado wallet verify` says. */
  walletVerified: boolean;
  troubles: TroubleRecord[];
  /** Calls to WhatsApp that were lost on their way, one for each connection that broke: they may end as unknown too. */
  callsLost: number;
  load: OfferedLoad;
  /** Servers that ended without having been killed, and how. */
  ownEndings: string[];
}
