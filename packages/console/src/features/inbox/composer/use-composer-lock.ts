import type { ConversationRow } from "@recado/contract/console/inbox";
import { useCallback, useEffect, useRef, useState } from "react";
import { useStore } from "../../../live/use-store.ts";
import { useDesk } from "../state/desk.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { useCatalogue } from "../state/use-inbox.ts";

/** The server frees a composer after 30 s without a word of it. */
const RENEW_MS = 10_000;
const SAY_MS = 15_000;
/** Somebody who stopped typing for so long only looks. */
const IDLE_MS = 6_000;

/**
 * One composer at a time: writing takes it, silence and leaving give it back. `holder` is somebody else who has it; they keep
 * it until it is taken over. Also says that this tab looks, types or notes here.
 */
export function useComposerLock(row: ConversationRow, doing: "typing" | "noting") {
  const desk = useDesk();
  const { me } = useCatalogue();
  const id = row.id;
  const [isWriting, setWriting] = useState(false);
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);
  const composer = useStore(desk.model, (model) => model.presence.get(id)?.composer ?? null);
  const holder = composer !== null && composer.user_id !== me ? composer.user_id : null;
  const mayHold = isWriting && holder === null && doing === "typing";

  useEffect(() => {
    if (!mayHold) return;
    const take = () => void inboxApi.takeComposer(id, false).catch(() => undefined);
    take();
    const timer = setInterval(take, RENEW_MS);
    // A tab that is closed gives it back with the word that it is gone (start-desk.ts).
    return () => {
      clearInterval(timer);
      void inboxApi.leaveComposer(id).catch(() => undefined);
    };
  }, [id, mayHold]);
  useEffect(() => {
    const { clientId } = desk;
    const shown = isWriting ? doing : "looking";
    const tell = () => {
      if (document.visibilityState !== "visible") return;
      const body = { client: clientId, conversation_id: id, doing: shown } as const;
      void inboxApi.presence(body).catch(() => undefined);
    };
    tell();
    const timer = setInterval(tell, SAY_MS);
    // The tab was put aside, which said that it was gone, and is looked at again.
    addEventListener("pageshow", tell);
    return () => {
      removeEventListener("pageshow", tell);
      clearInterval(timer);
    };
  }, [desk, id, isWriting, doing]);
  useEffect(
    () => () => {
      const body = { client: desk.clientId, conversation_id: null, doing: "looking" } as const;
      void inboxApi.presence(body).catch(() => undefined);
    },
    [desk],
  );

  const noteTyping = useCallback(() => {
    setWriting(true);
    clearTimeout(idle.current);
    idle.current = setTimeout(() => setWriting(false), IDLE_MS);
  }, []);
  const stopTyping = useCallback(() => {
    clearTimeout(idle.current);
    setWriting(false);
  }, []);
  const takeOver = async () => {
    await inboxApi.takeComposer(id, true);
    setWriting(true);
  };
  return { holder, noteTyping, stopTyping, takeOver };
}
