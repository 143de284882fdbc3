import {
  Button,
  Checkbox,
  Group,
  Modal,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { shellWords } from "../../i18n/shell-words.ts";
import { CopyField } from "../../ui/copy-field.tsx";
import { dayAgo } from "../../ui/date/day-ago.ts";
import { DayField } from "../../ui/date/day-field.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { useReturnFocus } from "../../ui/use-return-focus.ts";
import { tokenWords } from "./i18n/tokens-words.ts";
import { createToken, type Scope, tokensKey } from "./token-calls.ts";

/** Every scope that there is: the compiler misses one that is forgotten. */
const scopes = Object.keys({
  ...{ "messages:write": true, "messages:read": true, "media:write": true },
  ...{ "templates:read": true, "templates:write": true },
  ...{ "webhooks:read": true, "webhooks:write": true, "events:read": true },
  ...{ "wallet:read": true, "wallet:write": true },
  ...{ "contacts:read": true, "contacts:write": true },
  ...{ "contacts:export": true, "contacts:erase": true },
  ...{ "conversations:read": true, "conversations:write": true },
} satisfies Record<Scope, true>) as Scope[];
const usual: readonly Scope[] = [
  "messages:write",
  "messages:read",
  "templates:read",
  "media:write",
];
const kinds = ["ws", "api"] as const;
type Kind = (typeof kinds)[number];
/** Until the end of that day, wherever the reader is. */
const endOf = (day: string) => new Date(`${day}T23:59:59`).toISOString();

/** Makes a token, then shows it, once. */
export function CreateTokenDialog({ onClose }: { onClose(): void }) {
  useReturnFocus();
  const say = tokenWords.useWords();
  const shell = shellWords.useWords();
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>("ws");
  const [label, setLabel] = useState("");
  const [chosen, setChosen] = useState<readonly Scope[]>(usual);
  const [day, setDay] = useState("");
  const create = useMutation({
    mutationFn: () =>
      createToken({
        kind,
        label: label.trim(),
        ...(kind === "api" ? { scopes: [...chosen] } : {}),
        ...(day === "" ? {} : { expires_at: endOf(day) }),
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: tokensKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (create.data !== undefined) {
    const { token, login } = create.data;
    return <MadeToken token={token} login={login} onClose={onClose} />;
  }
  return (
    <Modal opened onClose={onClose} title={say("create")}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={say("label")}
            description={say("labelHint")}
            inputWrapperOrder={["label", "input", "description"]}
            data-autofocus
            maxLength={200}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
            data-testid="token-label"
          />
          <KindChoice kind={kind} onKind={setKind} />
          {kind === "api" && (
            <Checkbox.Group
              label={say("scopesLabel")}
              value={[...chosen]}
              onChange={(value) => setChosen(scopes.filter((each) => value.includes(each)))}
            >
              <SimpleGrid cols={2} spacing="xs" verticalSpacing={6}>
                {scopes.map((scope) => (
                  <Checkbox key={scope} value={scope} label={scope} />
                ))}
              </SimpleGrid>
            </Checkbox.Group>
          )}
          <DayField
            label={say("expires")}
            description={say("expiresHint")}
            inputWrapperOrder={["label", "input", "description"]}
            minDate={dayAgo(0)}
            value={day}
            optional
            onDay={setDay}
          />
          <ProblemNotice error={create.error} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shell("shell.cancel")}
            </Button>
            <Button
              type="submit"
              loading={create.isPending}
              disabled={label.trim() === ""}
              data-testid="make-token"
            >
              {say("make")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function KindChoice({ kind, onKind }: { kind: Kind; onKind(kind: Kind): void }) {
  const say = tokenWords.useWords();
  return (
    <div>
      <SegmentedControl
        fullWidth
        aria-label={say("kindLabel")}
        value={kind}
        data={kinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
        onChange={onKind}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {say(`kindHint.${kind}`)}
      </Text>
    </div>
  );
}

function MadeToken(props: { token: string; login: string | null; onClose(): void }) {
  useReturnFocus();
  const say = tokenWords.useWords();
  const { token, login, onClose } = props;
  return (
    <Modal opened onClose={onClose} title={say("madeTitle")} closeOnClickOutside={false}>
      <Stack gap="sm">
        <Text size="sm" c="var(--ink-2)">
          {say("madeAbout")}
        </Text>
        <CopyField value={token} label={say("secret")} testId="made-token" />
        {login !== null && (
          <>
            <Text size="sm" c="var(--ink-2)">
              {say("madeLogin")}
            </Text>
            <CopyField value={login} label={say("login")} />
          </>
        )}
        <Group justify="flex-end">
          <Button onClick={onClose} data-testid="token-kept">
            {say("done")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
