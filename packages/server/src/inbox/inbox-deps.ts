import type { ContactDeps } from "../contacts/contacts.ts";

/** What everything that changes the inbox is handed. */
export interface InboxDeps extends ContactDeps {
  /** Lets whoever listens in this process hear of an account's changes at once. */
  kick(accountId: string): void;
}

/** A person of the account at work. */
export interface Agent {
  accountId: string;
  userId: string;
}

/** A conversation, and who does something with it. */
export interface AgentAct extends Agent {
  conversationId: string;
}
