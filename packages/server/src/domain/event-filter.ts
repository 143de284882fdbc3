import {
  type EventFilter,
  type EventName,
  WEBHOOK_EVENTS,
} from "@recado/contract/webhook-payloads";

/** What an endpoint wants to be told. */
export interface WantedEvents {
  /** Events, or whole families of them; null: the five of messages. */
  events: readonly EventFilter[] | null;
}

/** What an event is about, as far as an endpoint can ask for it. */
export interface EventSubject {
  kind: EventName;
}

/** Whether an endpoint is to be told of an event. */
export function wantsEvent(wanted: WantedEvents, subject: EventSubject): boolean {
  return wantsKind(wanted.events ?? WEBHOOK_EVENTS, subject.kind);
}

function wantsKind(events: readonly string[], kind: EventName): boolean {
  const [family, what] = kind.split(".");
  return events.includes(kind) || (what !== undefined && events.includes(`${family}.*`));
}
