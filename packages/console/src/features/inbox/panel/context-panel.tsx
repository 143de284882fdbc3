import { ActionIcon, CopyButton, Skeleton } from "@mantine/core";
import type { ConversationRow, ContactPanel as Panel } from "@recado/contract/console/inbox";
import { IconArrowLeft, IconCheck, IconCopy, IconX } from "@tabler/icons-react";
import { currentLanguage } from "../../../i18n/language.ts";
import { useMay } from "../../../session/use-session.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import { formatFull } from "../text/format-moment.ts";
import { formatMobile, personName } from "../text/person-name.ts";
import { Stars } from "../thread/event-line.tsx";
import styles from "./context-panel.module.css";
import { CustomFields } from "./custom-fields.tsx";
import { MergePart } from "./merge-part.tsx";
import { Part } from "./part.tsx";
import type { usePanel } from "./use-panel.ts";

interface ContextPanelProps {
  row: ConversationRow;
  panel: ReturnType<typeof usePanel>;
  onClose: () => void;
  onOpen: (conversationId: string) => void;
}

/** The column on the right: who the person is, what was sent to them and why, and what was before. */
export function ContextPanel({ row, panel, onClose, onOpen }: ContextPanelProps) {
  const say = inboxWords.useWords();
  const name = personName(row.contact);
  const { data, error } = panel;
  return (
    <aside className={styles.panel} aria-label={say("panel.label")} data-testid="context-panel">
      <header className={styles.head}>
        <ActionIcon className={styles.back} aria-label={say("back")} onClick={onClose}>
          <IconArrowLeft size={18} stroke={1.7} />
        </ActionIcon>
        <h2>{say("panel.title")}</h2>
        <ActionIcon className={styles.close} aria-label={say("panel.close")} onClick={onClose}>
          <IconX size={16} stroke={1.7} />
        </ActionIcon>
      </header>
      <div className={styles.scroll}>
        <div className={styles.who}>
          <Avatar name={name} id={row.contact.id} size={40} />
          <p className={styles.name}>{name}</p>
          {data !== undefined && <Aliases name={name} profile={data.contact.profile_name} />}
        </div>
        <ProblemNotice error={error} />
        {data === undefined && error === null && <PanelSkeleton />}
        {data !== undefined && <Parts {...{ row, data, onOpen }} onChanged={panel.refresh} />}
      </div>
    </aside>
  );
}

function Aliases({ name, profile }: { name: string; profile: string | null }) {
  const say = inboxWords.useWords();
  if (profile === null || profile === name) return null;
  return <p className={styles.alias}>{say("panel.onWhatsapp", { name: profile })}</p>;
}

interface PartsProps {
  row: ConversationRow;
  data: Panel;
  onOpen: (conversationId: string) => void;
  onChanged: () => void;
}

function Parts({ row, data, onOpen, onChanged }: PartsProps) {
  const say = inboxWords.useWords();
  const may = useMay();
  const { currency } = useCatalogue();
  const { contact } = data;
  const language = currentLanguage();
  return (
    <>
      <Part title={say("panel.reach")}>
        {contact.addresses.map(({ kind, value, confirmed }) => (
          <Address key={value} {...{ kind, value, confirmed }} />
        ))}
        {data.opted_out && <p className={styles.warning}>{say("panel.optedOut")}</p>}
        {may("wallet.read") && (
          <p className={styles.fact}>
            <span>{say("panel.spent")}</span>
            <span>{formatMoney(data.spent, currency)}</span>
          </p>
        )}
      </Part>
      <CustomFields contact={contact} onChanged={onChanged} />
      <Part title={say("panel.received")} isEmpty={data.received.length === 0}>
        {data.received.map(({ message_id, at, custom_field, template }) => (
          <div key={message_id} className={styles.entry}>
            <code>{custom_field}</code>
            <span>
              {template ?? say("kind.text")} · <time dateTime={at}>{formatFull(at, language)}</time>
            </span>
          </div>
        ))}
      </Part>
      <Earlier {...{ row, data, onOpen }} />
      {may("contacts.write") && <MergePart {...{ data, onChanged }} />}
    </>
  );
}

function Earlier({ row, data, onOpen }: Omit<PartsProps, "onChanged">) {
  const say = inboxWords.useWords();
  const others = data.conversations.filter(({ id }) => id !== row.id);
  return (
    <Part title={say("panel.earlier")} isEmpty={others.length === 0}>
      {others.map(({ id, opened_at, state, rating }) => (
        <button key={id} type="button" className={styles.link} onClick={() => onOpen(id)}>
          <time dateTime={opened_at}>{formatFull(opened_at, currentLanguage())}</time>
          {rating === null ? <span>{say(`state.${state}`)}</span> : <Stars count={rating} />}
        </button>
      ))}
    </Part>
  );
}

function Address(props: { kind: string; value: string; confirmed: boolean }) {
  const say = inboxWords.useWords();
  const isPhone = props.kind === "phone";
  const shown = isPhone ? formatMobile(props.value) : props.value;
  return (
    <p className={styles.fact}>
      <span className={styles.address}>
        {shown}
        {!isPhone && <small>{say("panel.userId")}</small>}
      </span>
      <CopyButton value={props.value}>
        {({ copied, copy }) => (
          <ActionIcon
            size={24}
            aria-label={say("panel.copy", { value: shown })}
            title={copied ? say("panel.copied") : say("panel.copyShort")}
            onClick={copy}
          >
            {copied ? <IconCheck size={14} stroke={2} /> : <IconCopy size={14} stroke={1.7} />}
          </ActionIcon>
        )}
      </CopyButton>
    </p>
  );
}

function PanelSkeleton() {
  return (
    <div className={styles.part} aria-hidden="true">
      {[70, 90, 55, 80].map((width) => (
        <Skeleton key={width} width={`${width}%`} height={10} my={10} />
      ))}
    </div>
  );
}
