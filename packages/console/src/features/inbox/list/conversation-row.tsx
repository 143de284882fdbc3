import { Checkbox } from "@mantine/core";
import type { InboxState, ConversationRow as Row } from "@recado/contract/console/inbox";
import { IconClockPause, IconPencil } from "@tabler/icons-react";
import { memo } from "react";
import { currentLanguage } from "../../../i18n/language.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { LabelChip, LabelDot } from "../../../ui/label-chip.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useCatalogue, usePeople } from "../state/use-inbox.ts";
import { useNow } from "../state/use-now.ts";
import { formatComingMoment, formatListMoment, formatSpan } from "../text/format-moment.ts";
import { personName } from "../text/person-name.ts";
import styles from "./conversation-row.module.css";
import { MessagePreview } from "./message-preview.tsx";
import { WindowClock } from "./window-clock.tsx";

interface ConversationRowProps {
  row: Row;
  isChosen: boolean;
  isTicked: boolean;
  /** Somebody ticked one: all show their boxes. */
  isTicking: boolean;
  isPending: boolean;
  /** Whether other lists than one number's are looked at. */
  showChannel: boolean;
  /** Whether the list holds conversations of several people. */
  showOwner: boolean;
  onOpen: (id: string) => void;
  onTick: (id: string, isRange: boolean) => void;
}

/** A conversation in the list: who, the last words, who has it, how long it waits, what is left of the window. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { row, isChosen, isTicked, isTicking, isPending, onOpen, onTick } = props;
  const say = inboxWords.useWords();
  const nowMs = useNow();
  const name = personName(row.contact);
  const at = row.last_message?.at ?? row.last_inbound_at;
  return (
    <div
      className={styles.row}
      data-chosen={isChosen}
      data-unread={row.unread > 0}
      data-pending={isPending}
      data-testid="conversation-row"
      data-id={row.id}
    >
      <button
        type="button"
        className={styles.open}
        aria-current={isChosen ? "true" : undefined}
        onClick={(event) =>
          event.shiftKey || event.metaKey || event.ctrlKey
            ? onTick(row.id, event.shiftKey)
            : onOpen(row.id)
        }
      >
        <Avatar name={name} id={row.contact.id} size={36} />
        <span className={styles.content}>
          <span className={styles.line}>
            <span className={styles.name}>{name}</span>
            <time className={styles.at} dateTime={at}>
              {formatListMoment(at, currentLanguage(), nowMs)}
            </time>
          </span>
          <span className={styles.line}>
            <MessagePreview message={row.last_message} />
            {row.unread > 0 && (
              <span className={styles.unread}>
                {row.unread > 99 ? "99+" : row.unread}
                <span className="visually-hidden">{say("list.unread")}</span>
              </span>
            )}
          </span>
          <RowFoot
            row={row}
            nowMs={nowMs}
            showChannel={props.showChannel}
            showOwner={props.showOwner}
          />
        </span>
      </button>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box within is its control, and has a name of its own. */}
      <label className={styles.tick} data-shown={isTicking}>
        <Checkbox
          checked={isTicked}
          radius="xs"
          aria-label={say("list.select", { name })}
          onChange={(event) => onTick(row.id, (event.nativeEvent as MouseEvent).shiftKey)}
        />
      </label>
    </div>
  );
});

type RowFootProps = Pick<ConversationRowProps, "row" | "showChannel" | "showOwner"> & {
  nowMs: number;
};

function RowFoot({ row, nowMs, showChannel, showOwner }: RowFootProps) {
  const say = inboxWords.useWords();
  const { labels, channels, draft_ids } = useCatalogue();
  const personOf = usePeople();
  const assignee = personOf(row.assignee_id);
  const channel = channels.find(({ id }) => id === row.channel_id);
  const waits = row.state === "open" && row.waiting_since !== null;
  const shown = labels.filter(({ id }) => row.label_ids.includes(id));
  const hasDraft = draft_ids.includes(row.id);
  // Beside the word for a draft there is no room for a name, and one letter of it says nothing.
  const named = hasDraft ? 0 : 1;
  return (
    <span className={styles.foot}>
      {row.state === "snoozed" ? (
        <span className={styles.snoozed}>
          <IconClockPause size={12} stroke={1.8} aria-hidden />
          {row.snoozed_until === null
            ? say("list.untilAnswer")
            : formatComingMoment(row.snoozed_until, currentLanguage(), nowMs)}
        </span>
      ) : (
        row.state !== "resolved" && <WindowClock expiresAt={row.window_expires_at} />
      )}
      {waits && (
        <span className={styles.waits} title={say("list.waitsTitle")}>
          {say("list.waits", { span: formatSpan(nowMs - Date.parse(row.waiting_since ?? "")) })}
        </span>
      )}
      {hasDraft && (
        <span className={styles.draft}>
          <IconPencil size={11} stroke={1.8} aria-hidden />
          {say("list.draft")}
        </span>
      )}
      {shown.slice(0, named).map((label) => (
        <LabelChip key={label.id} label={label} small />
      ))}
      {shown.length > named && <MoreLabels labels={shown.slice(named)} />}
      <span className={styles.owner}>
        {showChannel && channel !== undefined && (
          <span className={styles.channel} title={channel.official_number}>
            ··{channel.official_number.slice(-4)}
          </span>
        )}
        {row.assignee_id !== null && showOwner && (
          <Avatar
            name={assignee.name}
            id={row.assignee_id}
            size={18}
            label={say("list.assignee", { name: assignee.isMe ? say("me") : assignee.name })}
          />
        )}
      </span>
    </span>
  );
}

/** Labels without room for their names, as colours; their names on pointing, and for who cannot see them. */
function MoreLabels({ labels }: { labels: readonly InboxState["labels"][number][] }) {
  const names = labels.map(({ name }) => name).join(", ");
  return (
    <span className={styles.more} title={names}>
      {labels.slice(0, 3).map(({ id, color }) => (
        <LabelDot key={id} color={color} />
      ))}
      <span className="visually-hidden">{names}</span>
    </span>
  );
}
