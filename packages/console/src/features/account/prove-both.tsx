import { Button, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { accountWords } from "./i18n/account-words.ts";
import { endSecondFactor, makeRecoveryCodes } from "./own-calls.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";

/** Password and code together, before the second step is ended or its recovery codes are made anew. */
export function ProveBoth({ purpose, onClose }: { purpose: "end" | "codes"; onClose(): void }) {
  useReturnFocus();
  const say = accountWords.useWords();
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const prove = useMutation({
    mutationFn: async () => {
      const proofs = { current_password: password, one_time_code: code };
      if (purpose === "codes") return (await makeRecoveryCodes(proofs)).recovery_codes;
      await endSecondFactor(proofs);
      return null;
    },
    onSuccess: (codes) => {
      if (codes === null) onClose();
    },
    onError: () => setCode(""),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate();
  };
  if (prove.data !== undefined && prove.data !== null) {
    return <RecoveryCodes codes={prove.data} onClose={onClose} />;
  }
  const ending = purpose === "end";
  return (
    <Modal opened onClose={onClose} title={say(ending ? "offTitle" : "newCodes")}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="var(--ink-2)">
            {say(ending ? "offAbout" : "newCodesAbout")}
          </Text>
          <PasswordInput
            label={say("current")}
            autoComplete="current-password"
            data-autofocus
            maxLength={512}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            data-testid="proof-password"
          />
          <TextInput
            label={say("codeOrRecovery")}
            autoComplete="one-time-code"
            maxLength={40}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            data-testid="proof-code"
          />
          <ProblemNotice error={prove.error} brief />
          <Button
            type="submit"
            {...(ending ? { color: "red" } : {})}
            loading={prove.isPending}
            disabled={password === "" || code.length < 6}
            data-testid="proof-send"
          >
            {say(ending ? "turnOff" : "make")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
