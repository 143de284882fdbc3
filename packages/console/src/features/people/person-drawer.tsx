import { Button, Drawer, Group, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useSession } from "../../session/use-session.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { peopleWords } from "./i18n/people-words.ts";
import { changePerson, type Person, peopleKey } from "./people-calls.ts";
import { PersonAccess } from "./person-access.tsx";
import { RoleField } from "./role-field.tsx";

/** One person: who they are and what they may do, then how they get in. */
export function PersonDrawer({ person, onClose }: { person: Person; onClose(): void }) {
  useReturnFocus();
  const say = peopleWords.useWords();
  const client = useQueryClient();
  const isMe = useSession().person.id === person.id;
  const [name, setName] = useState(person.name);
  const [email, setEmail] = useState(person.email ?? "");
  const [role, setRole] = useState(person.role);
  const save = useMutation({
    mutationFn: () =>
      changePerson(person.id, {
        ...(name.trim() === person.name ? {} : { name: name.trim() }),
        ...(email.trim() === (person.email ?? "")
          ? {}
          : { email: email.trim() === "" ? null : email.trim() }),
        ...(role === person.role ? {} : { role }),
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: peopleKey });
      showToast({ kind: "done", text: say("saved") });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const changed =
    name.trim() !== person.name || email.trim() !== (person.email ?? "") || role !== person.role;
  return (
    <Drawer
      opened
      onClose={onClose}
      title={person.name}
      position="right"
      size={440}
      data-testid="person-drawer"
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={say("name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={200}
            required
          />
          <TextInput
            label={say("email")}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            maxLength={254}
          />
          <RoleField value={role} onChange={setRole} />
          <ProblemNotice error={save.error} />
          <Group justify="flex-end">
            <Button
              type="submit"
              loading={save.isPending}
              disabled={!changed}
              data-testid="save-person"
            >
              {say("save")}
            </Button>
          </Group>
        </Stack>
      </form>
      {!isMe && <PersonAccess person={person} />}
    </Drawer>
  );
}
