import { Button, TextInput } from "@mantine/core";
import type { ContactPanel } from "@recado/contract/console/inbox";
import { IconArrowMerge } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toastProblem } from "../../../ui/problem/toast-problem.ts";
import { showToast } from "../../../ui/toast/toast.ts";
import { inboxWords } from "../i18n/inbox-words.ts";
import { inboxApi } from "../state/inbox-api.ts";
import { formatMobile } from "../text/person-name.ts";
import styles from "./context-panel.module.css";
import { Part } from "./part.tsx";

/** Two contacts that are one person become one; it can be undone, at once or later. */
export function MergePart({ data, onChanged }: { data: ContactPanel; onChanged: () => void }) {
  const say = inboxWords.useWords();
  const [isOpen, setOpen] = useState(false);
  const merged = data.merges.filter(({ undone_at }) => undone_at === null);
  const undo = (id: string) => inboxApi.unmergeContact(id).then(onChanged).catch(toastProblem);
  const merge = (id: string, name: string) =>
    inboxApi
      .mergeContact(data.contact.id, id)
      .then(() => {
        setOpen(false);
        onChanged();
        const action = { label: say("undo"), run: () => void undo(id) };
        showToast({ kind: "done", text: say("merge.done", { name }), action });
      })
      .catch(toastProblem);
  return (
    <Part title={say("merge.title")}>
      {merged.map(({ merged_id, name }) => (
        <p key={merged_id} className={styles.fact}>
          <span>{name ?? merged_id.slice(0, 8)}</span>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => void undo(merged_id)}
          >
            {say("merge.undo")}
          </Button>
        </p>
      ))}
      {isOpen ? (
        <ContactSearch exceptId={data.contact.id} onChoose={(id, name) => void merge(id, name)} />
      ) : (
        <button type="button" className={styles.link} onClick={() => setOpen(true)}>
          <span className={styles.start}>
            <IconArrowMerge size={15} stroke={1.7} aria-hidden />
            {say("merge.start")}
          </span>
        </button>
      )}
    </Part>
  );
}

function ContactSearch(props: { exceptId: string; onChoose: (id: string, name: string) => void }) {
  const say = inboxWords.useWords();
  const [search, setSearch] = useState("");
  const { data } = useQuery({
    queryKey: ["inbox-merge", search],
    queryFn: () => inboxApi.findContacts(search),
    enabled: search.trim().length >= 3,
  });
  const found = data?.items.filter(
    ({ id, merged_into }) => id !== props.exceptId && merged_into === null,
  );
  return (
    <>
      <TextInput
        value={search}
        autoFocus
        maxLength={100}
        placeholder={say("merge.search")}
        aria-label={say("merge.search")}
        onChange={(event) => setSearch(event.target.value)}
      />
      {found?.map(({ id, name, profile_name, mobile }) => {
        const shown = name ?? profile_name ?? (mobile === null ? id : formatMobile(mobile));
        return (
          <button
            key={id}
            type="button"
            className={styles.link}
            onClick={() => props.onChoose(id, shown)}
          >
            <span>{shown}</span>
            <span>{mobile === null ? "" : formatMobile(mobile)}</span>
          </button>
        );
      })}
    </>
  );
}
