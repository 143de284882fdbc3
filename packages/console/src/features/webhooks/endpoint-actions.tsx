import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import { confirm } from "../../ui/confirm/confirm.ts";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import type { Endpoint } from "./endpoint-calls.ts";
import { EndpointForm } from "./endpoint-form.tsx";
import { webhookWords } from "./i18n/webhook-words.ts";
import { SecretDialog } from "./secret-dialog.tsx";
import { useEndpointActions } from "./use-endpoint-actions.ts";
import styles from "./webhooks.module.css";

/** What can be done with an endpoint. */
export function EndpointActions({ endpoint }: { endpoint: Endpoint }) {
  const say = webhookWords.useWords();
  const { test, replay, rotate, turn, ...actions } = useEndpointActions(endpoint.id);
  const [open, setOpen] = useState<"change" | "remove" | null>(null);
  const isOn = endpoint.state === "enabled";
  const close = () => setOpen(null);
  const askToRotate = async () => {
    const question = { text: say("one.rotateSure"), action: say("one.rotate") };
    if (await confirm({ title: say("one.rotate"), ...question })) rotate.mutate();
  };
  return (
    <div className={styles.actions}>
      <Button variant="default" loading={test.isPending} onClick={() => test.mutate()}>
        {say("one.test")}
      </Button>
      <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
        {say("one.replay")}
      </Button>
      <Button variant="default" onClick={() => setOpen("change")}>
        {say("one.change")}
      </Button>
      <Button variant="default" loading={rotate.isPending} onClick={() => void askToRotate()}>
        {say("one.rotate")}
      </Button>
      <Button
        variant="default"
        loading={turn.isPending}
        onClick={() => turn.mutate(isOn ? "disabled" : "enabled")}
      >
        {say(isOn ? "one.disable" : "one.enable")}
      </Button>
      <Button variant="default" onClick={() => setOpen("remove")}>
        {say("one.remove")}
      </Button>
      {open === "change" && (
        <EndpointForm
          title={say("form.change")}
          endpoint={endpoint}
          error={actions.change.error}
          isSaving={actions.change.isPending}
          onSave={(wish) => actions.change.mutate(wish, { onSuccess: close })}
          onClose={() => {
            actions.change.reset();
            close();
          }}
        />
      )}
      <SecretDialog
        secret={rotate.data?.secret ?? null}
        previousUntil={rotate.data?.previous_expires_at ?? null}
        onClose={rotate.reset}
      />
      <Modal opened={open === "remove"} onClose={close} title={say("one.remove")}>
        <div className={styles.form}>
          <p>{say("one.removeSure")}</p>
          <ProblemNotice error={actions.remove.error} />
          <Button
            color="red"
            loading={actions.remove.isPending}
            onClick={() => actions.remove.mutate()}
          >
            {say("one.remove")}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
