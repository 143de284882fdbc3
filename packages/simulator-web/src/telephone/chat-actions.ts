import type { ButtonOnTelephone, ThreadItem } from "@recado/contract/simulator-api";
import { useMemo, useState } from "react";
import { type OutgoingMedia, postInbound } from "../api/simulator-client.ts";

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
  lead: (lead: Lead) => void;
  enlarge: (picture: Enlarged) => void;
}

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
  /** Sends a text or a file; false when it did not get through, and the box keeps it. */
  answer: (content: { text: string } | { media: OutgoingMedia }) => Promise<boolean>;
}

/** The doings of one telephone with one official number. */
export function useChatDoings(mobile: string, official: string): ChatDoings {
  const [quoted, setQuoted] = useState<ThreadItem | null>(null);
  const [lead, setLead] = useState<Lead | null>(null);
  const [enlarged, setEnlarged] = useState<Enlarged | null>(null);
  const [sendFailed, setSendFailed] = useState(false);

  const bubble = useMemo<BubbleActions>(() => {
    const press = (item: ThreadItem, button: ButtonOnTelephone) => {
      if (button.kind !== "quick_reply") {
        setLead({ kind: button.kind, target: button.target ?? button.text });
        return;
      }
      const reply = { from: mobile, to: item.official, button: button.text, replyTo: item.id };
      postInbound(reply).then(
        () => setSendFailed(false),
        () => setSendFailed(true),
      );
    };
    return { quote: setQuoted, press, lead: setLead, enlarge: setEnlarged };
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
