import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { IconSearch, IconUserOff, IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useStore } from "../../../live/use-store.ts";
import { Avatar } from "../../../ui/avatar.tsx";
import { inboxWords } from "../i18n/inbox-words.ts";
import { useDesk } from "../state/desk.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { useCatalogue } from "../state/use-inbox.ts";
import { matchesWords } from "../text/match-words.ts";
import styles from "./assign-dialog.module.css";

/** Whom a conversation is given to. */
export type AssignTarget =
  | { kind: "person"; id: string; note: string }
  | { kind: "team"; id: string; note: string }
  | { kind: "nobody" };

interface AssignDialogProps {
  /** Several at once take no note. */
  count: number;
  hasOwner: boolean;
  onAssign: (target: AssignTarget) => void;
  onClose: () => void;
}

/** To whom: people with who is here and how much each has, teams, or back to the queue; with a note for whoever gets it. */
export function AssignDialog({ count, hasOwner, onAssign, onClose }: AssignDialogProps) {
  const say = inboxWords.useWords();
  const [search, setSearch] = useState("");
  const [note, setNote] = useState("");
  const done = (target: AssignTarget) => {
    onAssign(target);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={440}
      title={count > 1 ? say("assign.many", { count }) : say("assign.title")}
    >
      <TextInput
        placeholder={say("assign.search")}
        aria-label={say("assign.search")}
        leftSection={<IconSearch size={15} stroke={1.7} />}
        value={search}
        data-autofocus
        onChange={(event) => setSearch(event.target.value)}
      />
      <Targets search={search} onChoose={(kind, id) => done({ kind, id, note })} />
      {count === 1 && (
        <Textarea
          label={say("assign.note")}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={4_000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      )}
      {hasOwner && (
        <Button
          mt={12}
          variant="subtle"
          color="gray"
          leftSection={<IconUserOff size={16} stroke={1.7} />}
          onClick={() => done({ kind: "nobody" })}
        >
          {say("assign.nobody")}
        </Button>
      )}
    </Modal>
  );
}

/** People, those who are here first, and teams. */
function Targets(props: {
  search: string;
  onChoose: (kind: "person" | "team", id: string) => void;
}) {
  const { search, onChoose } = props;
  const say = inboxWords.useWords();
  const { people, teams, me } = useCatalogue();
  const about = useAgents();
  const shown = people.filter(
    ({ id, name, active }) => active && about.mayAnswer(id) && matchesWords(search, name),
  );
  const sorted = shown.toSorted((a, b) => Number(about.isHere(b.id)) - Number(about.isHere(a.id)));
  const found = teams.filter(({ name }) => matchesWords(search, name));
  if (sorted.length + found.length === 0) return <p role="status">{say("search.none")}</p>;
  return (
    <ul className={styles.list}>
      {sorted.map(({ id, name }) => (
        <li key={id}>
          <button type="button" className={styles.item} onClick={() => onChoose("person", id)}>
            <Avatar name={name} id={id} size={26} />
            <span className={styles.name}>
              {name}
              {id === me && <span className={styles.me}> · {say("me")}</span>}
            </span>
            <span className={styles.load}>{about.loadOf(id)}</span>
            <span
              className={styles.here}
              data-here={about.isHere(id)}
              title={say(about.isHere(id) ? "assign.here" : "assign.away")}
            />
          </button>
        </li>
      ))}
      {found.map(({ id, name }) => (
        <li key={id}>
          <button type="button" className={styles.item} onClick={() => onChoose("team", id)}>
            <IconUsersGroup size={18} stroke={1.6} aria-hidden />
            <span className={styles.name}>{name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Who is here, and how much each has. */
function useAgents() {
  const desk = useDesk();
  const here = useStore(desk.model, (model) => model.here);
  const counts = useStore(desk.model, (model) => model.counts);
  const { data } = useQuery({ queryKey: ["inbox-agents"], queryFn: inboxApi.agents });
  const agents = new Map(data?.items.map((agent) => [agent.user_id, agent]));
  return {
    /** Until it is known who can, nobody is left out. */
    mayAnswer: (id: string) => data === undefined || agents.has(id),
    isHere: (id: string) => {
      const state = agents.get(id)?.state;
      return state === undefined ? here.has(id) : state === "available";
    },
    loadOf: (id: string) => {
      const agent = agents.get(id);
      const open = agent?.open ?? counts?.assignees[id] ?? 0;
      return agent === undefined ? String(open) : `${open}/${agent.capacity}`;
    },
  };
}
