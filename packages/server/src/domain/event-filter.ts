import {
  type EventFilter,
  type EventName,
  WEBHOOK_EVENTS,
} from "@recado/contract/webhook-payloads";

/** What an endpoint wants to be told; null: whatever it is. */
export interface WantedEvents {
  /** Events, or whole families of them; null: the five of messages. */
  events: readonly EventFilter[] | null;
  /** Official numbers. */
  numbers: readonly string[] | null;
  /** Templates, each by its name or its `id_template`. */
  templates: readonly string[] | null;
}

/**
 * What an event is about, as far as an endpoint can ask for it. A part that is absent does not apply and
 * is not judged; null applies and is none, so that only who takes all of them is told.
 */
export interface EventSubject {
  kind: EventName;
  officialNumber?: string | null | undefined;
  template?: TemplateSubject | null | undefined;
}

/** A template as filters know it. */
export interface TemplateSubject {
  /** `id_template`. */
  number: number;
  name: string;
}

/** Whether an endpoint is to be told of an event. */
export function wantsEvent(wanted: WantedEvents, subject: EventSubject): boolean {
  const { officialNumber, template } = subject;
  return (
    wantsKind(wanted.events, subject.kind) &&
    takes(wanted.numbers, officialNumber && [officialNumber]) &&
    takes(wanted.templates, template && [String(template.number), template.name])
  );
}

/** Whether a list of events and families has an event; null: the five of messages. */
export function wantsKind(events: readonly EventFilter[] | null, kind: EventName): boolean {
  const list: readonly string[] = events ?? WEBHOOK_EVENTS;
  const [family, what] = kind.split(".");
  return list.includes(kind) || (what !== undefined && list.includes(`${family}.*`));
}

/** Whether a list names one of a thing's names. */
function takes(
  list: readonly string[] | null,
  names: readonly string[] | "" | null | undefined,
): boolean {
  if (list === null || names === undefined) return true;
  return Array.isArray(names) && names.some((name) => list.includes(name));
}
