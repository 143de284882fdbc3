import { type DragEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadEntry } from "../state/page-state.ts";
import { usePageState } from "../state/session-context.ts";
import { formatMobile } from "../text/phone-number.ts";
import { AnswerBox } from "./answer-box.tsx";
import { useChatDoings } from "./chat-actions.ts";
import { ChatHeader, nameOf } from "./chat-header.tsx";
import { Conversation } from "./conversation.tsx";
import { LeadSheet } from "./lead-sheet.tsx";
import { PictureViewer } from "./picture-viewer.tsx";
import { ReplySheet } from "./reply-sheets.tsx";
import { StatusBar } from "./status-bar.tsx";
import styles from "./telephone.module.css";
import { TelephoneCaption } from "./telephone-caption.tsx";
import { useLooking } from "./use-looking.ts";

const noEntries: readonly ThreadEntry[] = [];

interface TelephoneProps {
  mobile: string;
  /** Null when it is the only one, which stays. */
  onClose: (() => void) | null;
}

/** One telephone: its number above, and in its frame the chat with an official number. */
export function Telephone({ mobile, onClose }: TelephoneProps) {
  const { t } = useTranslation();
  const { numbers, threads } = usePageState();
  const frame = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const all = threads[mobile] ?? noEntries;
  const official = chosen ?? all.at(-1)?.item.official ?? numbers[0]?.displayNumber ?? "";
  const entries = useMemo(
    () => all.filter((entry) => entry.item.official === official),
    [all, official],
  );
  const businessName =
    nameOf(numbers, official) ??
    (official === "" ? t("telephone.noNumber") : formatMobile(official));
  const looking = useLooking(frame);
  const doings = useChatDoings(mobile, official);
  const drop = useFileDrop(setFile);
  return (
    <section
      className={styles.telephone}
      id={`telephone-${mobile}`}
      aria-label={t("telephone.label", { number: formatMobile(mobile) })}
      data-testid={`telephone-${mobile}`}
    >
      <TelephoneCaption mobile={mobile} onClose={onClose} />
      <div ref={frame} className={styles.device}>
        <div className={styles.screen} {...drop.handlers}>
          <StatusBar />
          <ChatHeader numbers={numbers} official={official} onChoose={setChosen} />
          <Conversation
            key={official}
            mobile={mobile}
            businessName={businessName}
            entries={entries}
            looking={looking}
            actions={doings.bubble}
          />
          <AnswerBox
            doings={doings}
            businessName={businessName}
            disabled={official === ""}
            file={file}
            onFile={setFile}
          />
          {drop.over && <p className={styles.drop}>{t("answer.drop")}</p>}
          {doings.lead !== null && <LeadSheet lead={doings.lead} onClose={doings.closeLead} />}
          <ReplySheet doings={doings} />
        </div>
      </div>
      {doings.enlarged !== null && (
        <PictureViewer picture={doings.enlarged} onClose={doings.closePicture} />
      )}
    </section>
  );
}

/** A file let fall on the telephone is put beside its answer box. */
function useFileDrop(onFile: (file: File) => void) {
  const [over, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (event.dataTransfer.types.includes("Files")) {
        event.preventDefault();
        setOver(true);
      }
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) {
        setOver(false);
      }
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const dropped = event.dataTransfer.files[0];
      if (dropped !== undefined) {
        onFile(dropped);
      }
    },
  };
  return { over, handlers };
}
