import type * as persons from "@recado/contract/v1/persons";
import type { z } from "zod";
import type { Person } from "../contacts/find-person.ts";
import {
  readContacts,
  readConversations,
  readEvents,
  readMessages,
} from "../contacts/read-person.ts";
import { formatLink } from "../gateway/prepare-media.ts";
import { formatInboundLink } from "../gateway/receive-messages.ts";
import type { Clock } from "../platform/clock.ts";
import type { LinkSigner } from "../platform/link-signer.ts";
import { formatContact, formatConversation } from "./v1/format-contacts.ts";
import { formatMessage } from "./v1/format-message.ts";

/** What writing the document needs. */
export interface PersonDocumentDeps {
  pool: Parameters<typeof readMessages>[0];
  clock: Clock;
  links: LinkSigner;
  publicUrl(): string;
}

type PersonDocument = z.input<typeof persons.personDocument>;

/** Everything that an account has about one person, as pieces of one JSON document; never whole in memory. */
export async function* writePersonDocument(
  deps: PersonDocumentDeps,
  person: Person,
): AsyncGenerator<string> {
  const { pool } = deps;
  const nowMs = deps.clock.now();
  const head = { exported_at: new Date(nowMs).toISOString(), addresses: person.addresses };
  yield JSON.stringify(head).slice(0, -1);
  const contacts = (await readContacts(pool, person)).map(formatContact);
  yield `,"contacts":${JSON.stringify(contacts)},"conversations":[`;
  yield* join(readConversations(pool, person), formatConversation);
  yield '],"messages":[';
  yield* join(readMessages(pool, person), ({ message }) => formatMessage(message, nowMs));
  yield '],"files":[';
  yield* join(readMessages(pool, person), (row) => formatFile(deps, row, nowMs));
  yield '],"events":[';
  yield* join(readEvents(pool, person), formatEvent);
  yield "]}\n";
}

/** Rows as a list's inside; those that are formatted to null are left out. */
async function* join<Row>(
  rows: AsyncGenerator<Row>,
  format: (row: Row) => object | null,
): AsyncGenerator<string> {
  let separator = "";
  for await (const row of rows) {
    const shown = format(row);
    if (shown === null) continue;
    yield separator + JSON.stringify(shown);
    separator = ",";
  }
}

type MessageRow = Awaited<ReturnType<ReturnType<typeof readMessages>["next"]>>["value"];

function formatFile(
  deps: PersonDocumentDeps,
  { message, file }: Exclude<MessageRow, undefined>,
  nowMs: number,
): PersonDocument["files"][number] | null {
  if (file === null) return null;
  const { accountId, id } = message;
  const name = file.name ?? id;
  const url =
    file.direction === "in"
      ? formatInboundLink(deps, { accountId, id, name }, nowMs)
      : file.storageKey && formatLink(deps, file.storageKey, name);
  const mime = file.mime ?? "application/octet-stream";
  return { message_id: id, name, mime, bytes: file.bytes, url };
}

type EventRow = Exclude<Awaited<ReturnType<ReturnType<typeof readEvents>["next"]>>["value"], void>;

function formatEvent(event: EventRow): PersonDocument["events"][number] {
  const { kind, data, messageId } = event;
  return {
    ...{ kind, data },
    seq: String(event.seq),
    at: event.at.toISOString(),
    message_id: messageId,
  };
}
