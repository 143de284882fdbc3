import type { ConversationRow } from "@recado/contract/console/inbox";
import { useQuery } from "@tanstack/react-query";
import { inboxApi } from "../state/inbox-api.ts";

/** What is known of a conversation's person; asked again when the conversation itself has changed. */
export function usePanel(row: ConversationRow) {
  const { data, error, refetch } = useQuery({
    queryKey: ["inbox-panel", row.id, row.revision, row.contact.id],
    queryFn: () => inboxApi.panel(row.id),
    placeholderData: (before, query) => (query?.queryKey[1] === row.id ? before : undefined),
  });
  return { data, error, refresh: () => void refetch() };
}
