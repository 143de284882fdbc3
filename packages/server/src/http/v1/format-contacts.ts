import type * as contacts from "@recado/contract/v1/contacts";
import type * as conversations from "@recado/contract/v1/conversations";
import type * as persons from "@recado/contract/v1/persons";
import type { z } from "zod";
import type { Contact } from "../../contacts/contacts.ts";
import type { Conversation } from "../../contacts/conversations.ts";
import type { Erasure } from "../../contacts/erase-person.ts";

/* People and conversations as `/v1` shows them; nothing that is not named here can slip out. */

/** A contact. */
export function formatContact(row: Contact): z.input<typeof contacts.contact> {
  const { id, name, language, labels, addresses } = row;
  return {
    ...{ id, name, language, labels, addresses },
    mobile: chooseMobile(addresses),
    profile_name: row.profileName,
    custom_fields: row.customFields,
    merged_into: row.mergedInto,
    erased_at: row.erasedAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** A conversation. */
export function formatConversation(row: Conversation): z.input<typeof conversations.conversation> {
  const { id, state, unread, contact, lastMessage } = row;
  const { name, labels, addresses } = contact;
  return {
    ...{ id, state, unread },
    contact_id: row.contactId,
    channel_id: row.channelId,
    project_id: row.projectId,
    contact: {
      ...{ name, labels, addresses },
      profile_name: contact.profileName,
      mobile: chooseMobile(addresses),
    },
    opened_at: row.openedAt.toISOString(),
    snoozed_until: row.snoozedUntil?.toISOString() ?? null,
    resolved_at: row.resolvedAt?.toISOString() ?? null,
    last_inbound_at: row.lastInboundAt.toISOString(),
    window_expires_at: row.windowExpiresAt.toISOString(),
    assignee_id: row.assigneeId,
    last_message: lastMessage && {
      id: lastMessage.id,
      direction: lastMessage.direction,
      kind: lastMessage.kind,
      preview: lastMessage.body,
      status: lastMessage.status,
      at: lastMessage.at.toISOString(),
    },
    version: String(row.version),
    updated_at: row.updatedAt.toISOString(),
  };
}

/** An erasure. */
export function formatErasure(row: Erasure): z.input<typeof persons.erasure> {
  const { id, state } = row;
  return {
    ...{ id, state },
    requested_at: row.requestedAt.toISOString(),
    finished_at: row.finishedAt?.toISOString() ?? null,
    erased: row.progress.counts,
  };
}

/** The number to write to: addresses come with those first that WhatsApp itself uses. */
function chooseMobile(addresses: Contact["addresses"]): string | null {
  return addresses.find((address) => address.kind === "phone")?.value ?? null;
}
