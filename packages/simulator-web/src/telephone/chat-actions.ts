import type { ButtonOnTelephone, ThreadItem } from "@recado/contract/simulator-api";
import { useCallback, useMemo, useState } from "react";
import { type InboundRequest, type OutgoingMedia, postInbound } from "../api/simulator-client.ts";

/** Where a button or an address would lead outside of the simulator. */
export interface Lead {
  kind: "url" | "phone_number" | "copy_code" | "other" | "link";
  target: string;
}

/** A button that asks for a choice before anything is sent: a list, a place. */
export interface Asked {
  item: ThreadItem;
  button: ButtonOnTelephone;
}

/** What a pressed button answers. */
type Reply = { button: string } | { location: NonNullable<InboundRequest["location"]> };

/** A picture on show in full size. */
export interface Enlarged {
  mediaId: string;
  name: string;
}

/** What bubbles ask of their chat; stays the same object, so that bubbles need not be drawn again. */
export interface BubbleActions {
  quote: (item: ThreadItem) => void;
  press: (item: ThreadItem, button: ButtonOnTelephone) => void;
  lead: (lead: Lead) => void;
  enlarge: (picture: Enlarged) => void;
}

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
  closeAsked: () => void;
  /** Answers a message as a button of it does, and closes what asked for it. */
  reply: (item: ThreadItem, content: Reply) => void;
  closePicture: () => void;
  /** Sends a text or a file; false when it did not get through, and the box keeps it. */
  answer: (content: { text: string } | { media: OutgoingMedia }) => Promise<boolean>;
}

/** The doings of one telephone with one official number. */
export function useChatDoings(mobile: string, official: string): ChatDoings {
  const [quoted, setQuoted] = useState<ThreadItem | null>(null);
  const [lead, setLead] = useState<Lead | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [enlarged, setEnlarged] = useState<Enlarged | null>(null);
  const [sendFailed, setSendFailed] = useState(false);

  const reply = useCallback(
    (item: ThreadItem, content: Reply) => {
      setAsked(null);
      postInbound({ from: mobile, to: item.official, ...content, replyTo: item.id }).then(
        () => setSendFailed(false),
        () => setSendFailed(true),
      );
    },
    [mobile],
  );
  const bubble = useMemo<BubbleActions>(() => {
    const press = (item: ThreadItem, button: ButtonOnTelephone) => {
      if (button.kind === "list" || button.kind === "location") {
        setAsked({ item, button });
      } else if (button.kind === "quick_reply") {
        reply(item, { button: button.text });
      } else {
        setLead({ kind: button.kind, target: button.target ?? button.text });
      }
    };
    return { quote: setQuoted, press, lead: setLead, enlarge: setEnlarged };
  }, [reply]);

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
    asked,
    enlarged,
    sendFailed,
    bubble,
    stopQuoting: () => setQuoted(null),
    closeLead: () => setLead(null),
    closeAsked: () => setAsked(null),
    reply,
    closePicture: () => setEnlarged(null),
    answer,
  };
}
