import { IconPlugConnectedX } from "@tabler/icons-react";
import { shellWords } from "../i18n/shell-words.ts";
import { EmptyState } from "./empty-state.tsx";

/** What stands in the console's place while the server does not answer. */
export function WaitingPage() {
  const say = shellWords.useWords();
  return (
    <EmptyState
      icon={IconPlugConnectedX}
      title={say("page.waiting")}
      text={say("page.waitingText")}
    />
  );
}
