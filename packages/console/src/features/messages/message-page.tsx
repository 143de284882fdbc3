import { Button } from "@mantine/core";
import type { timeline } from "@recado/contract/v1/messages";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { callV1 } from "../../api/call.ts";
import { useSession } from "../../session/use-session.ts";
import { Facts } from "../../ui/facts.tsx";
import { sayFailure } from "../../ui/failure/say-failure.ts";
import { formatMoney } from "../../ui/format/format-money.ts";
import { formatMobile } from "../../ui/format/format-number.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { Page } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { StatusTag } from "../../ui/status-tag.tsx";
import { FormattedText } from "../../ui/text/formatted-text.tsx";
import { showToast } from "../../ui/toast/toast.ts";
import { messageWords } from "./i18n/message-words.ts";
import styles from "./message-page.module.css";
import { Recorder } from "./recorder.tsx";
import { sayKind } from "./say-kind.ts";
import { standingOf } from "./standing-of.ts";

type Timeline = (typeof timeline)["_zod"]["output"];

const REFETCH_MS = 2_000;
const ENDED = new Set(["read", "failed", "cancelled", "received"]);
/** Those that have not left yet. */
const CANCELLABLE = new Set(["held", "scheduled", "accepted"]);

/** One message: what it says, what is known of it, and every step of its life. */
export function MessagePage() {
  const { messageId } = useParams({ from: "/shell/mensajes/$messageId" });
  const say = messageWords.useWords();
  const { data, error } = useQuery({
    queryKey: ["timeline", messageId],
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.getTimeline>({
        method: "GET",
        path: "/messages/:id/timeline",
        params: { id: messageId },
        signal,
      }),
    // Webhooks go on after the last status, so an ended message is looked at too, but not as often.
    refetchInterval: ({ state }) =>
      ENDED.has(state.data?.message.status ?? "") ? 5 * REFETCH_MS : REFETCH_MS,
  });
  const back = { to: "/mensajes", label: say("title") } as const;
  if (data === undefined) {
    return (
      <Page title={say("column.what")} back={back}>
        <ProblemNotice error={error} />
      </Page>
    );
  }
  const { message } = data;
  const title = message.direction === "in" ? "one.titleIn" : "one.title";
  // In a narrow head a number goes to the next line whole.
  const mobile = formatMobile(message.mobile).replaceAll(" ", "\u{a0}");
  const person = message.mobile === "" ? say("unnamed") : mobile;
  return (
    <Page
      title={say(title, { mobile: person })}
      back={back}
      actions={CANCELLABLE.has(message.status) && <CancelButton id={message.id} />}
      tools={
        <StatusTag kind={standingOf(message.status)}>{say(`status.${message.status}`)}</StatusTag>
      }
      wide
    >
      <div className={styles.columns}>
        <section aria-labelledby="recorder">
          <h2 id="recorder" className={styles.heading}>
            {say("one.recorder")}
          </h2>
          <p className={styles.about}>{say("one.recorderAbout")}</p>
          <Recorder steps={data.steps} />
        </section>
        <aside className={styles.side}>
          <h2 className={styles.heading}>{say("one.says")}</h2>
          <div className={styles.text}>
            {message.text === "" ? (
              sayKind(say, message.kind)
            ) : (
              <FormattedText text={message.text} />
            )}
          </div>
          <h2 className={styles.heading}>{say("one.facts")}</h2>
          <MessageFacts message={message} />
        </aside>
      </div>
    </Page>
  );
}

function CancelButton({ id }: { id: string }) {
  const say = messageWords.useWords();
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: () =>
      callV1<typeof V1_OPERATIONS.cancelMessage>({
        method: "POST",
        path: "/messages/:id/cancel",
        params: { id },
      }),
    onSuccess: () => showToast({ kind: "done", text: say("one.cancelled") }),
    onSettled: () => client.invalidateQueries({ queryKey: ["timeline", id] }),
  });
  return (
    <>
      <ProblemNotice error={cancel.error} />
      <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        {say("one.cancel")}
      </Button>
    </>
  );
}

function MessageFacts({ message }: { message: Timeline["message"] }) {
  const say = messageWords.useWords();
  const { currency } = useSession().account;
  const { template, refunded, reason, code, reply_to: quoted } = message;
  const price = formatMoney(message.price, currency);
  return (
    <Facts
      facts={[
        [
          say("one.failure"),
          reason === null ? null : sayFailure({ code, reason }) + (code === null ? "" : ` ${code}`),
        ],
        [say("one.customField"), message.custom_field],
        [say("one.template"), template === null ? null : `${template.id} · ${template.name}`],
        [say("one.variables"), message.variables.map((value) => `[${value}]`).join(" ")],
        [say("one.price"), refunded ? `${price}, ${say("one.refunded")}` : price],
        [say("column.category"), say(`category.${message.category}`)],
        [say("one.source"), message.source],
        [say("one.scheduled"), message.scheduled_at && formatFull(message.scheduled_at)],
        [say("one.deadline"), message.deadline_at && formatFull(message.deadline_at)],
        [
          say("one.replyTo"),
          quoted && (
            <Link to="/mensajes/$messageId" params={{ messageId: quoted }} className={styles.link}>
              {say("one.openQuoted")}
            </Link>
          ),
        ],
        [say("one.id"), <code key="id">{message.id}</code>],
        [
          say("one.whatsappId"),
          message.whatsapp_id && <code key="whatsapp">{message.whatsapp_id}</code>,
        ],
      ]}
    />
  );
}
