import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { CodeBlock } from "../../ui/code-block.tsx";
import { sayCallError } from "../../ui/failure/say-call-error.ts";
import { formatSpan } from "../../ui/format/format-span.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { StatusTag } from "../../ui/status-tag.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { type Delivery, getDelivery, listAttempts, replayDelivery } from "./endpoint-calls.ts";
import { DeliveryState } from "./endpoint-state.tsx";
import { webhookWords } from "./i18n/webhook-words.ts";
import { sayNotTried } from "./say-due.ts";
import styles from "./webhooks.module.css";

const REFETCH_MS = 3_000;

/** One event on its way to one address: what is sent, and every attempt with what was answered. */
export function DeliveryPage() {
  const { endpointId, deliveryId } = useParams({
    from: "/shell/webhooks/$endpointId/entregas/$deliveryId",
  });
  const say = webhookWords.useWords();
  const client = useQueryClient();
  const queryKey = ["delivery", deliveryId];
  const { data: delivery, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => getDelivery(deliveryId, signal),
    refetchInterval: REFETCH_MS,
  });
  const replay = useMutation({
    mutationFn: () => replayDelivery(deliveryId),
    onSuccess() {
      showToast({ kind: "done", text: say("delivery.replayed") });
      return client.invalidateQueries({ queryKey });
    },
    onError: toastProblem,
  });
  const back = {
    to: "/webhooks/$endpointId",
    params: { endpointId },
    label: say("one.deliveries"),
  } as const;
  if (delivery === undefined) {
    return (
      <Page title={say("one.deliveries")} back={back}>
        <ProblemNotice error={error} />
      </Page>
    );
  }
  return (
    <Page
      title={say("delivery.title", { event: delivery.event })}
      back={back}
      tools={<DeliveryState state={delivery.state} />}
      actions={
        <div className={styles.actions}>
          {delivery.message_id !== null && (
            <Button component={Link} to={`/mensajes/${delivery.message_id}`} variant="default">
              {say("delivery.message")}
            </Button>
          )}
          <Button variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
            {say("delivery.replay")}
          </Button>
        </div>
      }
      wide
    >
      <PageSection title={say("delivery.attempts")}>
        <Attempts delivery={delivery} />
      </PageSection>
      <PageSection title={say("delivery.body")}>
        <CodeBlock code={prettify(delivery.body)} label={say("delivery.body")} />
      </PageSection>
    </Page>
  );
}

function Attempts({ delivery }: { delivery: Delivery }) {
  const { id: deliveryId } = delivery;
  const say = webhookWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["delivery", deliveryId, "attempts"],
    queryFn: ({ signal }) => listAttempts(deliveryId, signal),
    refetchInterval: REFETCH_MS,
  });
  if (data === undefined) return <ProblemNotice error={error} />;
  if (data.items.length === 0) {
    return <p className={styles.soft}>{sayNotTried(delivery, say)}</p>;
  }
  return (
    <ol className={styles.attempts}>
      {data.items.map((attempt) => {
        const { finished_at: end, http_status: status } = attempt;
        const isGood = status !== null && status < 300;
        const took = end === null ? null : Date.parse(end) - Date.parse(attempt.started_at);
        const words = status === null ? "" : say("delivery.answered", { status });
        return (
          <li key={attempt.number} className={styles.attempt}>
            <StatusTag kind={end === null ? "wait" : isGood ? "good" : "bad"}>
              {say("delivery.attempt", { number: attempt.number })}
            </StatusTag>
            <span>{attempt.error === null ? words : sayCallError(attempt.error)}</span>
            <span className={styles.soft}>
              {formatFull(attempt.started_at)}
              {took !== null && ` · ${formatSpan(took)}`}
            </span>
            {attempt.response !== null && attempt.response !== "" && (
              <CodeBlock code={attempt.response} label={say("delivery.answer")} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

function prettify(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
