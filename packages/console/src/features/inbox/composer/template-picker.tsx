import { Button, Modal, Skeleton, TextInput } from "@mantine/core";
import { plainText } from "@recado/contract/plain/whatsapp-text";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatMoney } from "../../../ui/format/format-money.ts";
import { ProblemNotice } from "../../../ui/problem/problem-notice.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useDesk } from "../state/desk.ts";
import { type AnswerTo, inboxApi } from "../state/inbox-api.ts";
import { sendMessage } from "../state/send-message.ts";
import { matchesWords } from "../text/match-words.ts";
import { TemplateForm } from "./template-form.tsx";
import styles from "./template-picker.module.css";

type Picker = AnswerTo<"listPickerTemplates">;

/** Chooses a template, fills it, shows it as the person will see it and what it costs, and sends it. */
export function TemplatePicker(props: { conversationId: string; onClose: () => void }) {
  const { conversationId, onClose } = props;
  const say = inboxWords.useWords();
  const desk = useDesk();
  const [search, setSearch] = useState("");
  const [chosenId, setChosen] = useState<number | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ["inbox-templates", conversationId],
    queryFn: () => inboxApi.templates(conversationId),
    gcTime: 0,
  });
  const shown = data?.items.filter(({ name, body }) => matchesWords(search, name, body)) ?? [];
  const chosen = data?.items.find(({ id }) => id === chosenId);
  const first = useRef<HTMLDivElement>(null);
  const send = (body: Parameters<typeof sendMessage>[2]) => {
    sendMessage(desk, conversationId, body);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={say("templates.title")}
      size={860}
      padding={0}
      classNames={{ content: styles.dialog ?? "", body: styles.dialogBody ?? "" }}
    >
      <div
        className={styles.frame}
        data-chosen={chosen !== undefined}
        data-testid="template-picker"
      >
        <div className={styles.side}>
          <TextInput
            className={styles.search}
            placeholder={say("templates.search")}
            aria-label={say("templates.search")}
            leftSection={<IconSearch size={15} stroke={1.7} />}
            value={search}
            data-autofocus
            onChange={(event) => setSearch(event.target.value)}
          />
          <div ref={first} className={styles.list}>
            {error !== null && <ListProblem error={error} onAgain={() => void refetch()} />}
            {data === undefined && error === null && <Skeleton height={44} m={12} />}
            {data !== undefined && shown.length === 0 && (
              <EmptyState
                icon={IconSearch}
                title={say("templates.none")}
                text={say("templates.noneText")}
              />
            )}
            {data !== undefined && (
              <TemplateList
                {...{ shown, currency: data.currency, chosenId }}
                onChoose={setChosen}
              />
            )}
          </div>
        </div>
        <div className={styles.main}>
          {chosen === undefined || data === undefined ? (
            <p className={styles.choose}>{say("templates.choose")}</p>
          ) : (
            <TemplateForm
              key={chosen.id}
              template={chosen}
              currency={data.currency}
              onBack={() => {
                setChosen(null);
                requestAnimationFrame(() => first.current?.querySelector("button")?.focus());
              }}
              onSend={send}
            />
          )}
        </div>
      </div>
    </Modal>
  );
}

function ListProblem({ error, onAgain }: { error: unknown; onAgain: () => void }) {
  const say = inboxWords.useWords();
  return (
    <div className={styles.problem}>
      <ProblemNotice error={error} />
      <Button variant="default" onClick={onAgain}>
        {say("again")}
      </Button>
    </div>
  );
}

interface TemplateListProps {
  shown: Picker["items"];
  currency: string;
  chosenId: number | null;
  onChoose: (id: number) => void;
}

function TemplateList({ shown, currency, chosenId, onChoose }: TemplateListProps) {
  const say = inboxWords.useWords();
  return (
    <ul>
      {shown.map(({ id, name, body, category, price, refusal }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.item}
            aria-current={id === chosenId ? "true" : undefined}
            data-refused={refusal !== null}
            data-testid="template"
            onClick={() => onChoose(id)}
          >
            <span className={styles.itemHead}>
              <span className={styles.name}>{name}</span>
              <span className={styles.price}>
                {price === null ? say("templates.noPrice") : formatMoney(price, currency)}
              </span>
            </span>
            <span className={styles.body}>{plainText(body)}</span>
            <span className={styles.category}>{say(`category.${category}`)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
