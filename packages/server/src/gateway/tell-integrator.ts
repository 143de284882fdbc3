import type { Directory } from "../accounts/directory.ts";
import type { InboundNotes } from "../contacts/note-inbound.ts";
import { wantsEvent } from "../domain/event-filter.ts";
import { makeReplyBody, type ReplyFacts } from "../domain/webhook-body.ts";
import type { IdMaker } from "../platform/ids.ts";
import type { Transaction } from "../storage/connect.ts";
import { insertContactEvents } from "../storage/contact-events.ts";
import { insertDeliveries } from "../storage/deliveries.ts";
import { findProjectEndpoints } from "../storage/endpoints.ts";
import { insertEvents } from "../storage/events.ts";
import { findSubject } from "./apply-changes.ts";
import type { FollowUp } from "./receive-statuses.ts";

/** Something that a person did, and the message that it concerns. */
export interface Telling {
  message: {
    accountId: string;
    id: string;
    projectId: string;
    channelId: string;
    /** The number, or WhatsApp's id of whoever hides it. */
    mobile: string;
    customField: string;
    /** Of the message that it quotes; null: none, or one without a template. */
    templateId: string | null;
  };
  event: { kind: string; at: Date; data: Record<string, unknown> };
  /** What became known of the person by it; null: it names nobody. Absent: nothing is new. */
  notes?: InboundNotes | null;
  said: { text: string } & Pick<ReplyFacts, "media" | "userId" | "carried">;
  nowMs: number;
}

/** Makes the event of what a person did, and puts it on its way to the integrator as a reply. */
export async function tellIntegrator(
  sql: Transaction,
  deps: { directory: Directory; ids: IdMaker },
  { message, event, said, notes, nowMs }: Telling,
): Promise<FollowUp> {
  const { accountId, projectId, customField } = message;
  const eventId = deps.ids.next(nowMs);
  const { contactId, conversationId, events = [] } = notes ?? {};
  await insertContactEvents(sql, events);
  const snapshot = (await deps.directory.snapshots(sql, [accountId])).get(accountId);
  const subject = { kind: "reply" as const, ...findSubject(snapshot, message) };
  const endpoints = (await findProjectEndpoints(sql, [{ accountId, projectId }])).filter(
    (endpoint) => wantsEvent(endpoint, subject),
  );
  const officialNumber = snapshot?.channels.get(message.channelId)?.officialNumber ?? "";
  const { text, ...more } = said;
  const mobile = said.userId === undefined ? message.mobile : "";
  const facts = { mobile, message: text, customField, officialNumber, ...more };
  const reply = makeReplyBody(facts);
  const body = JSON.stringify(reply);
  // Who pulls gets the very body, whatever becomes of the message; see `listLoggedEvents`.
  const data = { ...event.data, contactId, conversationId, told: { event: "reply", body: reply } };
  const stored = { accountId, id: eventId, messageId: message.id, projectId };
  const rows = endpoints.map((endpoint) => ({
    accountId,
    id: deps.ids.next(nowMs),
    endpointId: endpoint.id,
    seq: null,
    eventId,
    kind: "reply" as const,
    orderKey: `${message.channelId} ${message.mobile}`,
    messageId: message.id,
    body,
    at: new Date(nowMs),
  }));
  return {
    deliveries: rows.length,
    finish: () => [
      insertEvents(sql, [...events.map((one) => one.event), { ...event, ...stored, data }]),
      insertDeliveries(sql, rows),
    ],
  };
}
