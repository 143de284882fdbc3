import type { OfficialNumber } from "../../store/numbers.ts";
import type { MetaParts } from "./meta-parts.ts";
import { type Refusal, refuse, refuseParameter } from "./refusal.ts";

const readAgeMsMax = 30 * 24 * 60 * 60 * 1000;

/**
 * `{"status":"read","message_id":…}`, with or without a typing indicator (fact sheet 1.7): the message and the
 * earlier ones of its chat become read on the person's side.
 *
 * @returns undefined when done
 */
export async function markRead(
  parts: MetaParts,
  number: OfficialNumber,
  body: Record<string, unknown>,
): Promise<Refusal | undefined> {
  if (body.status !== "read") return refuseParameter("Param status must be one of {READ}.");
  const { message_id: id } = body;
  if (typeof id !== "string") return refuse(131008, "Parameter 'message_id' is mandatory");
  const row = parts.messages.find(id);
  const isTheirs = row?.direction === "out" && row.number_id === number.id;
  if (row === undefined || !isTheirs || parts.clock() - row.at > readAgeMsMax) {
    return refuse(131009, "Message ID is not valid, too old or not of this number");
  }
  await parts.store.write(() => {
    for (const unseen of parts.messages.listUnseenUpTo(row)) {
      parts.messages.advance(unseen, "read");
    }
  });
  parts.changed();
  return undefined;
}
