import * as conversations from "../conversations.ts";
import { idParams } from "../fields.ts";
import { messagePage } from "../messages.ts";
import type { V1Operation } from "../operation.ts";

/** Calls for conversations and their threads. */
export const CONVERSATION_OPERATIONS = {
  listConversations: {
    id: "listConversations",
    method: "GET",
    path: "/conversations",
    tag: "conversations",
    summary: "Conversations, those whose person wrote last first.",
    scope: "conversations:read",
    query: conversations.conversationQuery,
    answer: { status: 200, schema: conversations.conversationPage },
  },
  getConversation: {
    id: "getConversation",
    method: "GET",
    path: "/conversations/:id",
    tag: "conversations",
    summary: "A conversation as it stands.",
    scope: "conversations:read",
    params: idParams,
    answer: { status: 200, schema: conversations.conversation },
  },
  listThread: {
    id: "listThread",
    method: "GET",
    path: "/conversations/:id/messages",
    tag: "conversations",
    summary: "What was said between its person and its number, from either end.",
    scope: "conversations:read",
    params: idParams,
    query: conversations.threadQuery,
    answer: { status: 200, schema: messagePage },
  },
  changeConversation: {
    id: "changeConversation",
    method: "PATCH",
    path: "/conversations/:id",
    tag: "conversations",
    summary: "Resolve, snooze or reopen a conversation.",
    scope: "conversations:write",
    params: idParams,
    body: conversations.conversationChange,
    answer: { status: 200, schema: conversations.conversation },
  },
  markConversationRead: {
    id: "markConversationRead",
    method: "POST",
    path: "/conversations/:id/read",
    tag: "conversations",
    summary: "Note that a conversation was read.",
    scope: "conversations:write",
    params: idParams,
    body: conversations.conversationRead,
    bodyOptional: true,
    answer: { status: 200, schema: conversations.conversation },
  },
} as const satisfies Record<string, V1Operation>;
