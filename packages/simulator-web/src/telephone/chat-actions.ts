import type { ButtonOnTelephone, ThreadItem } from "@recado/contract/simulator-api";
import { useMemo, useState } from "react";
import { type OutgoingMedia, type OutgoingPlace, postInbound } from "../api/simulator-client.ts";

/** Where a button or an address would lead outside of the simulator. */
export interface Lead {
  kind: "url" | "phone_number" | "copy_code" | "other" | "link";
  target: string;
}

/** A picture on show in full size. */
export interface Enlarged {
  mediaId: string;
  name: string;
}

/** What bubbles ask of their chat; stays the same object, so that bubbles need not be drawn again. */
export interface BubbleActions {
  quote: (item: ThreadItem) => void;
  press: (item: ThreadItem, button: ButtonOnTelephone) => void;
  /** Puts an emoji on a bubble; "" takes it back. */
  react: (item: ThreadItem, emoji: string) => void;
  /** Takes one's own bubble back. */
  takeBack: (item: ThreadItem) => void;
  lead: (lead: Lead) => void;
  enlarge: (picture: Enlarged) => void;
}

/** What an answer may be. */
export type AnswerContent =
  | { text: string }
  | { media: OutgoingMedia }
  | { location: OutgoingPlace };

/** What the person holding a telephone is doing just now. */
export interface ChatDoings {
  quoted: ThreadItem | null;
  lead: Lead | null;
  enlarged: Enlarged | null;
  /** The last thing sent did not get through. */
  sendFailed: boolean;
  bubble: BubbleActions;
  stopQuoting: () => void;
  closeLead: () => void;
  closePicture: () => void;
  /** Sends a text, a file or a place; false when it did not get through, and the box keeps it. */
  answer: (content: AnswerContent) => Promise<boolean>;
}

/** The doings of one telephone with one official number. */
export function useChatDoings(mobile: string, official: string): ChatDoings {
  const [quoted, setQuoted] = useState<ThreadItem | null>(null);
  const [lead, setLead] = useState<Lead | null>(null);
  const [enlarged, setEnlarged] = useState<Enlarged | null>(null);
  const [sendFailed, setSendFailed] = useState(false);

  const bubble = useMemo<BubbleActions>(() => {
    const send = (request: Parameters<typeof postInbound>[0]) => {
      postInbound(request).then(
        () => setSendFailed(false),
        () => setSendFailed(true),
      );
    };
    const about = (item: ThreadItem) => ({ from: mobile, to: item.official, replyTo: item.id });
    const press = (item: ThreadItem, button: ButtonOnTelephone) => {
      if (button.kind !== "quick_reply") {
        setLead({ kind: button.kind, target: button.target ?? button.text });
        return;
      }
      send({ ...about(item), button: button.text });
    };
    return {
      quote: setQuoted,
      press,
      react: (item, emoji) => send({ ...about(item), reaction: emoji }),
      takeBack: (item) => send({ ...about(item), delete: true }),
      lead: setLead,
      enlarge: setEnlarged,
    };
  }, [mobile]);

  const answer: ChatDoings["answer"] = async (content) => {
    const replyTo = quoted === null ? {} : { replyTo: quoted.id };
    try {
      await postInbound({ from: mobile, to: official, ...content, ...replyTo });
    } catch {
      setSendFailed(true);
      return false;
    }
    setSendFailed(false);
    setQuoted(null);
    return true;
  };
  return {
    quoted,
    lead,
    enlarged,
    sendFailed,
    bubble,
    stopQuoting: () => setQuoted(null),
    closeLead: () => setLead(null),
    closePicture: () => setEnlarged(null),
    answer,
  };
}
