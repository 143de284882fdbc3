import type { ThreadMessage } from "@recado/contract/console/inbox-thread";
import { plainText } from "@recado/contract/plain/whatsapp-text";
import { IconArrowForward, IconBan, IconHandClick, IconSpeakerphone } from "@tabler/icons-react";
import { FormattedText } from "../../../ui/text/formatted-text.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import styles from "./bubble-body.module.css";
import type { BubbleDeeds } from "./bubble-deeds.ts";
import { CardsView, OrderView, PlaceView } from "./content-views.tsx";
import { FileView } from "./file-view.tsx";

/** What a bubble holds: whatever WhatsApp can carry, in the order in which a telephone shows it. */
export function BubbleBody({ message, deeds }: { message: ThreadMessage; deeds: BubbleDeeds }) {
  const say = inboxWords.useWords();
  const { content, file, text, template } = message;
  if (message.deleted_at !== null) {
    return (
      <p className={styles.deleted}>
        <IconBan size={14} stroke={1.7} aria-hidden />
        {say(message.direction === "in" ? "thread.deletedByPerson" : "thread.deleted")}
      </p>
    );
  }
  const isPlain =
    file === null && content?.location === undefined && content?.contacts === undefined;
  const choice = content?.choice;
  return (
    <>
      {content?.forwarded !== undefined && (
        <p className={styles.aside}>
          <IconArrowForward size={13} stroke={1.7} aria-hidden />
          {say(content.forwarded === "often" ? "thread.forwardedOften" : "thread.forwarded")}
        </p>
      )}
      {content?.referral !== undefined && (
        <p className={styles.aside}>
          <IconSpeakerphone size={13} stroke={1.7} aria-hidden />
          {content.referral.headline ?? say("thread.referral")}
        </p>
      )}
      {message.quote !== null && <Quote quote={message.quote} onJump={deeds.jumpTo} />}
      {file !== null && <FileView file={file} onEnlarge={deeds.enlarge} />}
      {content?.location !== undefined && <PlaceView place={content.location} />}
      {content?.contacts !== undefined && <CardsView cards={content.contacts} />}
      {content?.order !== undefined && <OrderView order={content.order} />}
      {choice !== undefined && (
        <p className={styles.aside}>
          <IconHandClick size={13} stroke={1.7} aria-hidden />
          {say(choice.from === "list" ? "thread.chose" : "thread.pressed")}
        </p>
      )}
      {text !== "" && content?.location === undefined && <FormattedText text={text} />}
      {text === "" && isPlain && content?.order === undefined && (
        <p className={styles.other}>
          {content?.problem?.reason ?? say("thread.other", { kind: message.kind })}
        </p>
      )}
      {template !== null && template.buttons.length > 0 && <Buttons labels={template.buttons} />}
      {content?.interactive !== undefined && (
        <Buttons labels={interactiveLabels(content.interactive)} />
      )}
    </>
  );
}

type Interactive = NonNullable<NonNullable<ThreadMessage["content"]>["interactive"]>;

function interactiveLabels(interactive: Interactive): string[] {
  switch (interactive.type) {
    case "buttons":
      return interactive.buttons.map(({ title }) => title);
    case "list":
    case "link":
      return [interactive.button];
    case "location_request":
      return [];
  }
}

/** The buttons that the person has under the message; here they are only to be seen. */
function Buttons({ labels }: { labels: readonly string[] }) {
  if (labels.length === 0) return null;
  return (
    <ul className={styles.buttons}>
      {labels.map((label) => (
        <li key={label}>{label}</li>
      ))}
    </ul>
  );
}

/** The words that a message answers; pressing it goes there. */
export function Quote(props: {
  quote: NonNullable<ThreadMessage["quote"]>;
  onJump: (id: string) => void;
}) {
  const { quote, onJump } = props;
  const say = inboxWords.useWords();
  const { id } = quote;
  const words = (
    <>
      <span className={styles.quoteFrom}>
        {quote.direction === "in" ? say("thread.person") : say("thread.us")}
      </span>
      <span className={styles.quoteText}>
        {plainText(quote.text) || (id === null ? say("thread.quoteGone") : quote.kind)}
      </span>
    </>
  );
  if (id === null) return <span className={styles.quote}>{words}</span>;
  return (
    <button type="button" className={styles.quote} onClick={() => onJump(id)}>
      {words}
    </button>
  );
}
