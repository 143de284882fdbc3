import type { ButtonOnTelephone, ThreadItem } from "@recado/contract/simulator-api";
import { useCallback, useMemo, useState } from "react";
import { type OutgoingMedia, type OutgoingPlace, postInbound } from "../api/simulator-client.ts";

/** Where a button or an address would lead outside of the simulator. */
export interface Lead {
  kind: "url" | "phone_number" | "copy_code" | "other" | "link";
  target: string;
}

/** A choice to be made before anything is sent: a row of a list, or a place (for no message in particular: null). */
export type Asked =
  | { kind: "list"; item: ThreadItem; button: ButtonOnTelephone }
  | { kind: "place"; item: ThreadItem | null };

/** What a pressed button answers. */
type Reply = { button: string } | { location: OutgoingPlace };

/** What is done about a bubble. */
type Deed = Reply | { reaction: string } | { delete: true };

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
  asked: Asked | null;
  enlarged: Enlarged | null;
  /** The last thing sent did not get through. */
  sendFailed: boolean;
  bubble: BubbleActions;
  stopQuoting: () => void;
  closeLead: () => void;
  /** Asks which place to send. */
  askPlace: () => void;
  closeAsked: () => void;
  /** Answers a message as a button of it does, and closes what asked for it. */
  reply: (item: ThreadItem, content: Reply) => void;
  closePicture: () => void;
  /** Sends a text, a file or a place; false when it did not get through, and the box keeps it. */
  answer: (content: AnswerContent) => Promise<boolean>;
}

/** The doings of one telephone with one official number. */
export function useChatDoings(mobile: string, official: string): ChatDoings {
  const [quoted, setQuoted] = useState<ThreadItem | null>(null);
  const [lead, setLead] = useState<Lead | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [enlarged, setEnlarged] = useState<Enlarged | null>(null);
  const [sendFailed, setSendFailed] = useState(false);

  const act = useCallback(
    (item: ThreadItem, deed: Deed) => {
      setAsked(null);
      postInbound({ from: mobile, to: item.official, ...deed, replyTo: item.id }).then(
        () => setSendFailed(false),
        () => setSendFailed(true),
      );
    },
    [mobile],
  );
  const bubble = useMemo<BubbleActions>(() => {
    const press = (item: ThreadItem, button: ButtonOnTelephone) => {
      if (button.kind === "list") {
        setAsked({ kind: "list", item, button });
      } else if (button.kind === "location") {
        setAsked({ kind: "place", item });
      } else if (button.kind === "quick_reply") {
        act(item, { button: button.text });
      } else {
        setLead({ kind: button.kind, target: button.target ?? button.text });
      }
    };
    return {
      quote: setQuoted,
      press,
      react: (item, emoji) => act(item, { reaction: emoji }),
      takeBack: (item) => act(item, { delete: true }),
      lead: setLead,
      enlarge: setEnlarged,
    };
  }, [act]);

  const answer: ChatDoings["answer"] = async (content) => {
    setAsked(null);
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
    asked,
    enlarged,
    sendFailed,
    bubble,
    stopQuoting: () => setQuoted(null),
    closeLead: () => setLead(null),
    askPlace: () => setAsked({ kind: "place", item: null }),
    closeAsked: () => setAsked(null),
    reply: act,
    closePicture: () => setEnlarged(null),
    answer,
  };
}
