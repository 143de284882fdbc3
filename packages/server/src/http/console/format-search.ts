import type { SearchResult } from "@recado/contract/console/work";
import type { SearchAnswer } from "../../inbox/work-search.ts";

/** Shows what was found. */
export function formatSearch(answer: SearchAnswer): SearchResult {
  return {
    contacts: answer.contacts.map((contact) => ({
      contact_id: contact.id,
      name: contact.name,
      profile_name: contact.profileName,
      mobile: contact.phones[0] ?? null,
      conversation_id: contact.conversationId,
    })),
    messages: answer.messages.map((message) => ({
      message_id: message.id,
      conversation_id: message.conversationId,
      contact_id: message.contactId,
      name: message.name ?? message.profileName,
      mobile: /^\d+$/u.test(message.mobile) ? message.mobile : null,
      channel_id: message.channelId,
      project_id: message.projectId,
      direction: message.direction,
      kind: message.kind,
      at: message.at.toISOString(),
      excerpt: message.excerpt,
      found_in: message.foundIn,
    })),
    next_cursor: answer.nextCursor,
    building: answer.building,
  };
}
