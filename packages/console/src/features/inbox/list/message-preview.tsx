import type { ConversationRow } from "@recado/contract/console/inbox";
import { plainText } from "@recado/contract/plain/whatsapp-text";
import {
  IconFile,
  IconMapPin,
  IconMicrophone,
  IconPhoto,
  IconSticker,
  IconTemplate,
  IconUser,
  IconVideo,
  type TablerIcon,
} from "@tabler/icons-react";
import { inboxWords } from "../i18n/inbox-words.ts";
import { Ticks } from "../thread/ticks.tsx";
import styles from "./conversation-row.module.css";

const icons: Record<string, TablerIcon | undefined> = {
  image: IconPhoto,
  video: IconVideo,
  audio: IconMicrophone,
  voice: IconMicrophone,
  document: IconFile,
  sticker: IconSticker,
  location: IconMapPin,
  contacts: IconUser,
  template: IconTemplate,
};

/** The end of a thread in one line: who spoke last shows by the ticks. */
export function MessagePreview({ message }: { message: ConversationRow["last_message"] }) {
  const say = inboxWords.useWords();
  if (message === null) return <span className={styles.preview} />;
  const Icon = icons[message.kind];
  const known = ["image", "video", "audio", "voice", "document", "sticker", "location", "contacts"];
  const name = known.includes(message.kind) ? say(`kind.${message.kind}` as "kind.image") : "";
  return (
    <span className={styles.preview}>
      {message.direction === "out" && <Ticks status={message.status} />}
      {Icon !== undefined && <Icon size={13} stroke={1.7} aria-hidden className={styles.kind} />}
      <span className={styles.words}>{plainText(message.preview) || name}</span>
    </span>
  );
}
