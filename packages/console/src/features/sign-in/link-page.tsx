import { Button, PasswordInput } from "@mantine/core";
import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { callConsole } from "../../api/call.ts";
import { leaveSession } from "../../session/leave-session.ts";
import { PasswordHint, passwordLengthMin } from "../../ui/password-hint.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import styles from "./door-frame.module.css";
import { DoorFrame } from "./door-frame.tsx";
import { signInWords } from "./i18n/sign-in-words.ts";

type LookAtLink = typeof CONSOLE_OPERATIONS.lookAtLink;
type TakeLink = typeof CONSOLE_OPERATIONS.takeLink;

/** Where an invitation, or a link for a new password, leads. Its secret stands behind `#`, which browsers tell no server. */
export function LinkPage() {
  const say = signInWords.useWords();
  const navigate = useNavigate();
  const [secret] = useState(() => location.hash.slice(1));
  const [password, setPassword] = useState("");
  // Out of the address, so that it is neither seen over a shoulder nor kept in the history.
  useEffect(() => history.replaceState(history.state, "", location.pathname), []);
  const link = useQuery({
    queryKey: ["link", secret],
    queryFn: () =>
      callConsole<LookAtLink>({
        method: "POST",
        path: "/links/look",
        body: { one_time_link: secret },
      }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const take = useMutation({
    mutationFn: () =>
      callConsole<TakeLink>({
        method: "POST",
        path: "/links/take",
        body: { one_time_link: secret, password },
      }),
    onSuccess: async ({ login }) => {
      await leaveSession();
      showToast({ kind: "done", text: say("passwordSet") });
      await navigate({ to: "/entrar", search: { usuario: login } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    take.mutate();
  };
  if (link.data === undefined) {
    return (
      <DoorFrame>
        <div className={styles.form}>
          <h1 className={styles.title}>{say("linkTitle")}</h1>
          <ProblemNotice error={link.error} brief />
          {link.error !== null && (
            <Link to="/entrar" search={{}} className={styles.other}>
              {say("backToDoor")}
            </Link>
          )}
        </div>
      </DoorFrame>
    );
  }
  const { kind, name, login, account_name } = link.data;
  return (
    <DoorFrame>
      <form className={styles.form} onSubmit={submit}>
        <div>
          <h1 className={styles.title}>{say(`${kind}Title`, { name })}</h1>
          <p className={styles.about}>{say(`${kind}About`, { account: account_name, login })}</p>
        </div>
        <input type="text" name="username" autoComplete="username" value={login} readOnly hidden />
        <PasswordInput
          label={say("newPassword")}
          autoComplete="new-password"
          autoFocus
          maxLength={512}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": say("showPassword") }}
          data-testid="new-password"
        />
        <PasswordHint password={password} />
        <ProblemNotice error={take.error} brief />
        <Button
          type="submit"
          loading={take.isPending}
          disabled={password.length < passwordLengthMin}
          fullWidth
          data-testid="set-password"
        >
          {say("setPassword")}
        </Button>
      </form>
    </DoorFrame>
  );
}
