import { IconPlugConnectedX } from "@tabler/icons-react";
import { useIsFetching } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { shellWords } from "../i18n/shell-words.ts";
import { sessionQuery } from "../session/session-query.ts";
import { EmptyState } from "../ui/empty-state.tsx";

/** A server that has not answered the first question for so long is spoken of. */
const SILENCE_MS = 1_500;

/** What stands on the empty page while the server says nothing about who is signed in, without which there is no page to show. */
export function SilenceNotice() {
  const say = shellWords.useWords();
  const asking = useIsFetching({
    queryKey: sessionQuery.queryKey,
    predicate: ({ state }) => state.data === undefined,
  });
  const isAsking = asking > 0;
  const [isSilent, setSilent] = useState(false);
  useEffect(() => {
    if (!isAsking) return;
    const timer = setTimeout(() => setSilent(true), SILENCE_MS);
    return () => {
      clearTimeout(timer);
      setSilent(false);
    };
  }, [isAsking]);
  if (!isSilent) return null;
  return (
    <EmptyState
      icon={IconPlugConnectedX}
      title={say("page.waiting")}
      text={say("page.waitingText")}
    />
  );
}
