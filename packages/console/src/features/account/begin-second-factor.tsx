import { Button, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { encode } from "uqr";
import { CopyField } from "../../ui/copy-field.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import styles from "./account-page.module.css";
import { accountWords } from "./i18n/account-words.ts";
import { beginSecondFactor, confirmSecondFactor } from "./own-calls.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** Password, then the code to scan, then proof that it was scanned, then the codes for a rainy day. */
export function BeginSecondFactor({ onClose }: { onClose(): void }) {
  useReturnFocus();
  const say = accountWords.useWords();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const begin = useMutation({
    mutationFn: () => beginSecondFactor({ current_password: password }),
    onSuccess: () => setPassword(""),
  });
  const prove = useMutation({
    mutationFn: () => confirmSecondFactor({ one_time_code: code }),
    onError: () => setCode(""),
  });
  const submit = (run: () => void) => (event: FormEvent) => {
    event.preventDefault();
    run();
  };
  if (prove.data !== undefined) {
    return <RecoveryCodes codes={prove.data.recovery_codes} onClose={onClose} />;
  }
  return (
    <Modal opened onClose={onClose} title={say("beginTitle")}>
      {begin.data === undefined ? (
        <form onSubmit={submit(begin.mutate)}>
          <Stack gap="sm">
            <Text size="sm" c="var(--ink-2)">
              {say("beginAbout")}
            </Text>
            <PasswordInput
              label={say("current")}
              autoComplete="current-password"
              data-autofocus
              maxLength={512}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              data-testid="second-password"
            />
            <ProblemNotice error={begin.error} brief />
            <Button
              type="submit"
              loading={begin.isPending}
              disabled={password === ""}
              data-testid="second-begin"
            >
              {say("continue")}
            </Button>
          </Stack>
        </form>
      ) : (
        <form onSubmit={submit(prove.mutate)}>
          <Stack gap="sm">
            <Text size="sm" c="var(--ink-2)">
              {say("scan")}
            </Text>
            <QrCode text={begin.data.otp_uri} label={say("qr")} />
            <Text size="sm" c="var(--ink-3)">
              {say("cannotScan")}
            </Text>
            <CopyField value={begin.data.otp_secret} label={say("secret")} testId="otp-secret" />
            <TextInput
              className={styles.code ?? ""}
              label={say("code")}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={9}
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              data-testid="second-code"
            />
            <ProblemNotice error={prove.error} brief />
            <Button
              type="submit"
              loading={prove.isPending}
              disabled={code.length < 6}
              data-testid="second-confirm"
            >
              {say("confirm")}
            </Button>
          </Stack>
        </form>
      )}
    </Modal>
  );
}

/** Drawn here, by the browser: the secret is told to nobody. */
function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(text, { border: 1 });
    const cells = data.flatMap((row, y) =>
      row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
    );
    return { size, path: cells.join("") };
  }, [text]);
  return (
    <svg
      className={styles.qr}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
