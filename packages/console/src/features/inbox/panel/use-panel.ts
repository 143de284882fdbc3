import type { ConversationRow } from "@recado/contract/console/inbox";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { inboxApi } from "../state/inbox-api.ts";

/** What is known of a conversation's person; asked again when the conversation itself has changed. */
export function usePanel(row: ConversationRow) {
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["inbox-panel", row.id, row.revision, row.contact.id],
    queryFn: () => inboxApi.panel(row.id),
    placeholderData: (before, query) => (query?.queryKey[1] === row.id ? before : undefined),
  });
  // By name: an undoing may come when this panel is another's or gone, and the change has given it another key.
  const refresh = () => void client.invalidateQueries({ queryKey: ["inbox-panel"] });
  return { data, error, refresh };
}
