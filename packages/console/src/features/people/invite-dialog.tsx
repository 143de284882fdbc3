import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { shellWords } from "../../i18n/shell-words.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { peopleWords } from "./i18n/people-words.ts";
import { MadeLinkView } from "./made-link.tsx";
import { invitePerson, type Person, peopleKey } from "./people-calls.ts";
import { RoleField } from "./role-field.tsx";

/** Adds a person, then shows the link that they need. */
export function InviteDialog({ onClose }: { onClose(): void }) {
  useReturnFocus();
  const say = peopleWords.useWords();
  const shell = shellWords.useWords();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [login, setLogin] = useState("");
  const [role, setRole] = useState<Person["role"]>("agent");
  const invite = useMutation({
    mutationFn: () =>
      invitePerson({
        name: name.trim(),
        role,
        ...(email.trim() === "" ? {} : { email: email.trim() }),
        ...(login.trim() === "" ? {} : { login: login.trim() }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  const ready = name.trim() !== "" && (email.trim() !== "" || login.trim() !== "");
  if (invite.data !== undefined) {
    return (
      <Modal opened onClose={onClose} title={say("linkTitle")}>
        <MadeLinkView link={invite.data.link} />
        <Group justify="flex-end" mt="lg">
          <Button onClick={onClose} data-testid="done">
            {say("done")}
          </Button>
        </Group>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title={say("inviteTitle")}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={say("name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={200}
            required
            data-autofocus
            data-testid="person-name"
          />
          <Group grow align="flex-start" gap="sm">
            <TextInput
              label={say("email")}
              description={say("emailHint")}
              inputWrapperOrder={["label", "input", "description"]}
              type="email"
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
              maxLength={254}
              data-testid="person-email"
            />
            <TextInput
              label={say("login")}
              description={say("loginHint")}
              inputWrapperOrder={["label", "input", "description"]}
              value={login}
              onChange={(event) => setLogin(event.currentTarget.value)}
              maxLength={128}
              autoCapitalize="none"
              spellCheck={false}
              data-testid="person-login"
            />
          </Group>
          <RoleField value={role} onChange={setRole} />
          <ProblemNotice error={invite.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shell("shell.cancel")}
            </Button>
            <Button
              type="submit"
              loading={invite.isPending}
              disabled={!ready}
              data-testid="send-invitation"
            >
              {say("send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
