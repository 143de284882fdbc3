import { ActionIcon, Button, MultiSelect, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { confirmRemoval } from "./confirm-removal.ts";
import { inboxSettingsWords } from "./i18n/inbox-settings-words.ts";
import styles from "./inbox-settings.module.css";
import {
  changeTeam,
  createTeam,
  deleteTeam,
  type InboxState,
  type Team,
} from "./inbox-settings-calls.ts";
import { useCatalogueChange } from "./use-catalogue-change.ts";

/** Teams with their members; each has a queue of its own. */
export function Teams(props: { teams: readonly Team[]; people: InboxState["people"] }) {
  const { teams, people } = props;
  const say = inboxSettingsWords.useWords();
  const [name, setName] = useState("");
  const remove = useCatalogueChange(deleteTeam);
  const change = useCatalogueChange(({ id, members }: { id: string; members: string[] }) =>
    changeTeam(id, members),
  );
  const add = useCatalogueChange(async () => {
    await createTeam({ name, member_ids: [] });
    setName("");
  });
  const data = people
    .filter(({ active }) => active)
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      {teams.length === 0 && <p className={styles.soft}>{say("teams.none")}</p>}
      <ul>
        {teams.map((team) => (
          <li key={team.id} className={styles.team}>
            <MultiSelect
              label={team.name}
              placeholder={say("teams.members")}
              className={styles.text}
              data={data}
              value={team.member_ids}
              onChange={(members) => change.mutate({ id: team.id, members })}
            />
            <ActionIcon
              aria-label={say("remove", { name: team.name })}
              onClick={async () => {
                if (await confirmRemoval(say, "teams", team.name)) remove.mutate(team.id);
              }}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined);
        }}
      >
        <TextInput
          aria-label={say("teams.name")}
          placeholder={say("teams.name")}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={add.isPending}>
          {say("add")}
        </Button>
      </form>
      <ProblemNotice error={add.error ?? change.error ?? remove.error} />
    </>
  );
}
