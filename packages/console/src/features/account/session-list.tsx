import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { SessionLine } from "../../ui/session-line.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { accountWords } from "./i18n/account-words.ts";
import { endMyOtherSessions, endMySession, listMySessions, sessionsKey } from "./own-calls.ts";

/** Where one is signed in, with the way to end each but this. */
export function SessionList() {
  const say = accountWords.useWords();
  const client = useQueryClient();
  const { data, error } = useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => listMySessions(signal),
  });
  const refresh = () => client.invalidateQueries({ queryKey: sessionsKey });
  const end = useMutation({ mutationFn: endMySession, onSuccess: refresh, onError: toastProblem });
  const endOthers = useMutation({
    mutationFn: endMyOtherSessions,
    onSuccess: ({ ended }) => {
      showToast({ kind: "done", text: say("ended", { count: ended }) });
      return refresh();
    },
    onError: toastProblem,
  });
  return (
    <div>
      <ProblemNotice error={error} />
      <ul>
        {data?.items.map((session) => (
          <li key={session.id} data-testid="my-session">
            <SessionLine session={session}>
              {!session.current && (
                <Button variant="default" size="compact-sm" onClick={() => end.mutate(session.id)}>
                  {say("end")}
                </Button>
              )}
            </SessionLine>
          </li>
        ))}
      </ul>
      {data !== undefined && data.items.length > 1 && (
        <Button
          variant="default"
          mt="sm"
          onClick={() => endOthers.mutate()}
          loading={endOthers.isPending}
          data-testid="end-others"
        >
          {say("endOthers")}
        </Button>
      )}
    </div>
  );
}
