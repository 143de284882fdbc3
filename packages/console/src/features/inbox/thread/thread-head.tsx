import { ActionIcon, Button } from "@mantine/core";
import type { ConversationRow } from "@recado/contract/console/inbox";
import {
  IconArrowLeft,
  IconCheck,
  IconClockPause,
  IconLayoutSidebarRight,
  IconRotate,
  IconTag,
  IconUserPlus,
} from "@tabler/icons-react";
import { useStore } from "../../../live/use-store.ts";
import { useMay } from "../../../session/use-session.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { Hint } from "../../../ui/hint/hint.tsx";
import { LabelChip } from "../../../ui/label-chip.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { WindowClock } from "../list/window-clock.tsx";
import { useDesk } from "../state/desk.ts";
import { useCatalogue, usePeople } from "../state/use-inbox.ts";
import { formatMobile, personName } from "../text/person-name.ts";
import type { useWork } from "../work/use-work.ts";
import { LabelMenu, SnoozeMenu } from "../work/work-menus.tsx";
import { MoreTools } from "./more-tools.tsx";
import type { OpenTool } from "./open-tool.ts";
import styles from "./thread-head.module.css";

interface ThreadHeadProps {
  row: ConversationRow;
  work: ReturnType<typeof useWork>;
  tool: OpenTool;
  onTool: (tool: OpenTool) => void;
  onBack: () => void;
  onPanel: () => void;
  isPanelOpen: boolean;
}

/** Who it is, who has it, who else looks, and what can be done. */
export function ThreadHead(props: ThreadHeadProps) {
  const { row, onBack, onPanel, isPanelOpen } = props;
  const say = inboxWords.useWords();
  const { labels, channels } = useCatalogue();
  const name = personName(row.contact);
  const channel = channels.find(({ id }) => id === row.channel_id);
  const chosen = labels.filter(({ id }) => row.label_ids.includes(id));
  return (
    <header className={styles.head}>
      <ActionIcon className={styles.back} aria-label={say("back")} onClick={onBack}>
        <IconArrowLeft size={18} stroke={1.7} />
      </ActionIcon>
      <button
        type="button"
        className={styles.who}
        onClick={onPanel}
        title={say("panel.open", { name })}
      >
        <Avatar name={name} id={row.contact.id} size={32} />
        <span className={styles.names}>
          <span className={styles.name}>{name}</span>
          <span className={styles.about}>
            {row.state !== "resolved" && <WindowClock expiresAt={row.window_expires_at} />}
            {row.contact.mobile !== null && row.contact.name !== null && (
              <span className={styles.mobile}>{formatMobile(row.contact.mobile)}</span>
            )}
            {channels.length > 1 && channel !== undefined && (
              <span className={styles.channel}>→ {formatMobile(channel.official_number)}</span>
            )}
            <span className={styles.labels}>
              {chosen.slice(0, 3).map((label) => (
                <LabelChip key={label.id} label={label} small />
              ))}
            </span>
          </span>
        </span>
      </button>
      <Lookers row={row} />
      <WorkButtons {...props} />
      <MoreTools {...props} />
      <Hint label={say("panel.toggle")}>
        <ActionIcon
          aria-label={say("panel.toggle")}
          aria-pressed={isPanelOpen}
          className={styles.panel}
          onClick={onPanel}
        >
          <IconLayoutSidebarRight size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
    </header>
  );
}

/** Who else is in this conversation now, and what they do. */
function Lookers({ row }: { row: ConversationRow }) {
  const say = inboxWords.useWords();
  const desk = useDesk();
  const { me } = useCatalogue();
  const personOf = usePeople();
  const presence = useStore(desk.model, (model) => model.presence.get(row.id));
  const others = presence?.people.filter(({ user_id }) => user_id !== me) ?? [];
  if (others.length === 0) return null;
  return (
    <span className={styles.lookers} data-testid="lookers">
      {others.slice(0, 3).map(({ user_id, doing }) => (
        <span key={user_id} className={styles.looker} data-doing={doing}>
          <Avatar
            name={personOf(user_id).name}
            id={user_id}
            size={22}
            label={say(`presence.${doing}`, { name: personOf(user_id).name })}
          />
        </span>
      ))}
      {others.some(({ doing }) => doing !== "looking") && (
        <span className={styles.typing}>
          {say("presence.short", {
            name: personOf(others.find(({ doing }) => doing !== "looking")?.user_id ?? null).name,
          })}
        </span>
      )}
    </span>
  );
}

function WorkButtons({ row, work, tool, onTool }: ThreadHeadProps) {
  const say = inboxWords.useWords();
  const may = useMay();
  const personOf = usePeople();
  const toggle = (which: OpenTool) => (opened: boolean) => onTool(opened ? which : null);
  if (!may("inbox.reply")) return null;
  const { name, isMe } = personOf(row.assignee_id);
  return (
    <div className={styles.work}>
      {row.assignee_id === null && row.state !== "resolved" ? (
        <Button size="compact-md" className={styles.take} onClick={work.take}>
          {say("work.take")}
        </Button>
      ) : (
        row.assignee_id !== null && (
          <span className={styles.owner} data-mine={isMe}>
            <Avatar
              name={name}
              id={row.assignee_id}
              size={24}
              label={isMe ? say("work.mine") : say("list.assignee", { name })}
            />
          </span>
        )
      )}
      <Hint label={say("work.assign")}>
        <ActionIcon
          className={styles.tool}
          aria-label={say("work.assign")}
          onClick={() => onTool("assign")}
        >
          <IconUserPlus size={17} stroke={1.7} />
        </ActionIcon>
      </Hint>
      <LabelMenu
        opened={tool === "label"}
        onChange={toggle("label")}
        chosen={row.label_ids}
        onLabels={work.label}
      >
        <ActionIcon
          className={styles.tool}
          aria-label={say("work.label")}
          title={say("work.label")}
        >
          <IconTag size={17} stroke={1.7} />
        </ActionIcon>
      </LabelMenu>
      {row.state !== "resolved" && (
        <SnoozeMenu
          opened={tool === "snooze"}
          onChange={toggle("snooze")}
          onSnooze={(until) => void work.snooze(until)}
        >
          <ActionIcon
            className={styles.tool}
            aria-label={say("work.snooze")}
            title={say("work.snooze")}
          >
            <IconClockPause size={17} stroke={1.7} />
          </ActionIcon>
        </SnoozeMenu>
      )}
      <ResolveButton row={row} work={work} />
    </div>
  );
}

/** Resolves what is open, and opens again what is not; where there is little room it is its sign alone. */
function ResolveButton({ row, work }: Pick<ThreadHeadProps, "row" | "work">) {
  const say = inboxWords.useWords();
  const isOpen = row.state === "open";
  const word = say(isOpen ? "work.resolve" : "work.reopen");
  const Icon = isOpen ? IconCheck : IconRotate;
  return (
    <Button
      size="compact-md"
      variant="default"
      className={styles.resolve}
      title={word}
      leftSection={<Icon size={15} stroke={2} />}
      onClick={() => (isOpen ? void work.resolve() : work.reopen())}
    >
      <span className={styles.resolveWord}>{word}</span>
    </Button>
  );
}
