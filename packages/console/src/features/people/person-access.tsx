import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { confirm } from "../../ui/confirm/confirm.ts";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { SessionLine } from "../../ui/session-line.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { peopleWords } from "./i18n/people-words.ts";
import { MadeLinkView } from "./made-link.tsx";
import {
  changePerson,
  endSessions,
  listSessions,
  makePersonLink,
  type Person,
  peopleKey,
  resetSecondFactor,
} from "./people-calls.ts";
import styles from "./person-access.module.css";

/** How a person gets in: link, second step, open sessions, and whether they are let in at all. */
export function PersonAccess({ person }: { person: Person }) {
  const say = peopleWords.useWords();
  const client = useQueryClient();
  const { id, name } = person;
  const refresh = () => client.invalidateQueries({ queryKey: peopleKey });
  const act = { onSuccess: refresh, onError: toastProblem };
  const link = useMutation({ mutationFn: () => makePersonLink(id), onError: toastProblem });
  const second = useMutation({ mutationFn: () => resetSecondFactor(id), ...act });
  const access = useMutation({
    mutationFn: (state: Person["state"]) => changePerson(id, { state }),
    ...act,
  });
  const askSecond = async () => {
    const text = say("resetSecondAsk", { name });
    const question = { title: say("resetSecond"), text, action: say("resetSecondYes") };
    if (await confirm({ ...question, dangerous: true })) second.mutate();
  };
  const askDisable = async () => {
    const question = {
      title: say("disable"),
      text: say("disableAsk", { name }),
      action: say("disable"),
    };
    if (await confirm({ ...question, dangerous: true })) access.mutate("disabled");
  };
  return (
    <section className={styles.access}>
      <h3 className={styles.title}>{say("access")}</h3>
      {link.data !== undefined && <MadeLinkView link={link.data} />}
      <Button
        variant="default"
        onClick={() => link.mutate()}
        loading={link.isPending}
        data-testid="make-link"
      >
        {say("newLink")}
      </Button>
      {person.has_second_factor && (
        <Button variant="default" onClick={() => void askSecond()} loading={second.isPending}>
          {say("resetSecond")}
        </Button>
      )}
      {person.state === "active" ? (
        <Button
          variant="default"
          c="var(--bad)"
          onClick={() => void askDisable()}
          loading={access.isPending}
          data-testid="disable-person"
        >
          {say("disable")}
        </Button>
      ) : (
        <Button
          variant="default"
          onClick={() => access.mutate("active")}
          loading={access.isPending}
          data-testid="enable-person"
        >
          {say("enable")}
        </Button>
      )}
      <OpenSessions id={id} />
    </section>
  );
}

function OpenSessions({ id }: { id: string }) {
  const say = peopleWords.useWords();
  const client = useQueryClient();
  const queryKey = [...peopleKey, id, "sessions"];
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => listSessions(id, signal) });
  const end = useMutation({
    mutationFn: () => endSessions(id),
    onSuccess: async ({ ended }) => {
      await client.invalidateQueries({ queryKey });
      showToast({ kind: "done", text: say("ended", { count: ended }) });
    },
    onError: toastProblem,
  });
  if (data === undefined) return null;
  return (
    <div>
      <div className={styles.head}>
        <h3 className={styles.title}>{say("sessions")}</h3>
        {data.items.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => end.mutate()}
            loading={end.isPending}
          >
            {say("endSessions")}
          </Button>
        )}
      </div>
      {data.items.length === 0 && <p className={styles.none}>{say("noSessions")}</p>}
      <ul>
        {data.items.map((session) => (
          <li key={session.id}>
            <SessionLine session={session} />
          </li>
        ))}
      </ul>
    </div>
  );
}
