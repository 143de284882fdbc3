import type {
  ArrivedMessage,
  MediaOnTelephone,
  ReceivedWebhook,
  SimulatorBehaviour,
  SimulatorState,
  ThreadItem,
} from "@recado/contract/simulator-api";

/** A file that somebody sends from a telephone. */
export interface OutgoingMedia {
  kind: MediaOnTelephone["kind"];
  mime: string;
  name?: string;
  /** The bytes in standard base64. */
  base64: string;
  caption?: string;
}

/** A place that somebody sends from a telephone. */
export interface OutgoingPlace {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

/** Somebody does something towards an official number: exactly one of these deeds. */
export interface InboundRequest {
  /** The telephone that writes, digits only. */
  from: string;
  /** The official number, digits only. */
  to: string;
  text?: string;
  /** The label or the id of a button, or of a row of a list. */
  button?: string;
  media?: OutgoingMedia;
  location?: OutgoingPlace;
  /** An emoji on the bubble `replyTo`; "" takes it back. */
  reaction?: string;
  /** Takes the person's own bubble `replyTo` back. */
  delete?: true;
  /** Id of the bubble that this one quotes or is about, or whose button was pressed. */
  replyTo?: string;
}

/** The simulator answered with something else than success; `status` is its HTTP status, 0 when there was no answer. */
export class RequestFailed extends Error {
  readonly status: number;

  constructor(status: number, options?: ErrorOptions) {
    super(`the simulator answered ${status}`, options);
    this.status = status;
  }
}

/** Everything that the first load needs. */
export function fetchState(): Promise<SimulatorState> {
  return getJson("sim/state");
}

/** The whole chat of one telephone, oldest first. */
export function fetchThread(mobile: string): Promise<ThreadItem[]> {
  return getJson(`sim/threads/${encodeURIComponent(mobile)}`);
}

/** What arrived at one telephone, with what the caller attached for itself. */
export function fetchArrived(mobile: string): Promise<ArrivedMessage[]> {
  return getJson(`sim/messages?to=${encodeURIComponent(mobile)}`);
}

/** The webhooks that one receiver took, oldest first. */
export function fetchReceived(receiver: string): Promise<ReceivedWebhook[]> {
  return getJson(`sim/receiver/${encodeURIComponent(receiver)}`);
}

/** The command line that sends a first message here; null when this simulator knows of none. */
export async function fetchCurlHint(): Promise<string | null> {
  try {
    const hint = await getJson<{ curl?: unknown }>("sim/hints");
    return typeof hint.curl === "string" ? hint.curl : null;
  } catch {
    return null;
  }
}

/** Sends what the person wrote; resolves when the simulator has taken it. */
export async function postInbound(request: InboundRequest): Promise<void> {
  await post("sim/inbound", request);
}

/** The person looks at the chat: its unread messages become read. */
export async function postRead(mobile: string): Promise<void> {
  await post("sim/read", { mobile });
}

/** Changes what is named and leaves the rest. */
export async function postBehaviour(change: Partial<SimulatorBehaviour>): Promise<void> {
  await post("sim/behaviour", change);
}

/** Forgets messages, events, receivers and behaviour. */
export async function postReset(): Promise<void> {
  await post("sim/reset", {});
}

/** Address of an attachment's bytes. */
export function mediaUrl(mediaId: string): string {
  return `sim/media/${encodeURIComponent(mediaId)}`;
}

async function getJson<T>(address: string): Promise<T> {
  const response = await request(address, { headers: { accept: "application/json" } });
  return (await response.json()) as T;
}

async function post(address: string, body: object): Promise<void> {
  await request(address, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

async function request(address: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, init);
  } catch (cause) {
    throw new RequestFailed(0, { cause });
  }
  if (!response.ok) {
    throw new RequestFailed(response.status);
  }
  return response;
}
