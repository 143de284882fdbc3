import { useEffect, useRef, useState } from "react";
import { loadSetting, saveSetting } from "../../../ui/local-setting.ts";
import { useDesk } from "../state/desk.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { useCatalogue } from "../state/use-inbox.ts";

/** What is being written, and to whom. */
export interface Draft {
  text: string;
  kind: "reply" | "note";
  replyTo: string | null;
}

const EMPTY: Draft = { text: "", kind: "reply", replyTo: null };
const SAVE_MS = 900;

/**
 * What this person has begun to write in a conversation. It is kept in this browser at once and on the server soon after, so that
 * it survives a reload, another machine, and somebody else's answer in between.
 */
export function useDraft(conversationId: string) {
  const desk = useDesk();
  // Another person may sit down at this browser: what one has begun to write is not the other's.
  const name = `inbox.draft.${useCatalogue().me}.${conversationId}`;
  const [draft, setDraft] = useState<Draft>(() => readDraft(name) ?? EMPTY);
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  latest.current = draft;

  useEffect(() => {
    if (readDraft(name) !== null) return;
    let isGone = false;
    inboxApi
      .draft(conversationId)
      .then(({ draft: kept }) => {
        if (isGone || kept === null || latest.current.text !== "") return;
        setDraft({ text: kept.text, kind: kept.kind, replyTo: kept.reply_to });
      })
      .catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [conversationId, name]);

  const change = (to: Partial<Draft>) => {
    const next = { ...latest.current, ...to };
    latest.current = next;
    setDraft(next);
    writeDraft(name, next);
    desk.catalogue.update((state) => {
      if (state === null) return state;
      const others = state.draft_ids.filter((id) => id !== conversationId);
      const draft_ids = next.text === "" ? others : [...others, conversationId];
      return draft_ids.length === state.draft_ids.length ? state : { ...state, draft_ids };
    });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => saveDraft(conversationId, next), SAVE_MS);
  };
  return { draft, change };
}

function saveDraft(conversationId: string, { text, kind, replyTo }: Draft): void {
  // What the server does not get stays in this browser.
  inboxApi.saveDraft(conversationId, { text, kind, reply_to: replyTo }).catch(() => undefined);
}

function readDraft(name: string): Draft | null {
  try {
    const kept = loadSetting(name);
    return kept === null ? null : { ...EMPTY, ...(JSON.parse(kept) as Partial<Draft>) };
  } catch {
    return null;
  }
}

function writeDraft(name: string, draft: Draft): void {
  const isEmpty = draft.text === "" && draft.replyTo === null;
  saveSetting(name, isEmpty ? null : JSON.stringify(draft));
}
