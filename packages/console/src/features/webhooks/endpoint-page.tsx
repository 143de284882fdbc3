import { Select } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Fragment, useMemo, useState } from "react";
import { usePages } from "../../api/use-pages.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Facts } from "../../ui/facts.tsx";
import { formatFull } from "../../ui/format/format-time.ts";
import { Page, PageSection } from "../../ui/page.tsx";
import { ProblemNotice } from "../../ui/problem/problem-notice.tsx";
import { type Column, DataTable } from "../../ui/table/data-table.tsx";
import { EndpointActions } from "./endpoint-actions.tsx";
import { type Delivery, type Endpoint, getEndpoint, listDeliveries } from "./endpoint-calls.ts";
import { DeliveryState, EndpointState } from "./endpoint-state.tsx";
import { webhookWords } from "./i18n/webhook-words.ts";
import { sayNext } from "./say-due.ts";
import styles from "./webhooks.module.css";

/** By what the server stores in English. */
const WHY = [
  ["owner", /owner/u],
  ["gone", /410|gone/iu],
  ["failing", /five days/u],
] as const;
const REFETCH_MS = 5_000;
const STATES = ["pending", "calling", "delivered", "exhausted", "parked"] as const;

/** One address: how it stands, what can be done, and everything that was brought to it. */
export function EndpointPage() {
  const { endpointId } = useParams({ from: "/shell/webhooks/$endpointId" });
  const say = webhookWords.useWords();
  const { data: endpoint, error } = useQuery({
    queryKey: ["endpoints", endpointId],
    queryFn: ({ signal }) => getEndpoint(endpointId, signal),
    refetchInterval: REFETCH_MS,
  });
  const back = { to: "/webhooks", label: say("title") } as const;
  if (endpoint === undefined) {
    return (
      <Page title={say("title")} back={back}>
        <ProblemNotice error={error} />
      </Page>
    );
  }
  return (
    <Page
      title={<Address url={endpoint.url} />}
      back={back}
      tools={<EndpointState endpoint={endpoint} />}
      actions={<EndpointActions endpoint={endpoint} />}
      wide
    >
      <PageSection title={say("one.facts")}>
        <EndpointFacts endpoint={endpoint} />
      </PageSection>
      <PageSection title={say("one.deliveries")}>
        <Deliveries endpointId={endpointId} />
      </PageSection>
    </Page>
  );
}

function EndpointFacts({ endpoint }: { endpoint: Endpoint }) {
  const say = webhookWords.useWords();
  const wordsOf = (reason: string) => {
    const known = WHY.find(([, pattern]) => pattern.test(reason));
    return known === undefined ? reason : say(`one.why.${known[0]}`);
  };
  return (
    <Facts
      facts={[
        [say("state.disabled"), endpoint.disabled_reason && wordsOf(endpoint.disabled_reason)],
        [say("one.failing"), endpoint.failing_since && formatFull(endpoint.failing_since)],
        [say("one.events"), endpoint.events?.join(", ") ?? say("fiveEvents")],
        [say("one.numbers"), endpoint.numbers?.join(", ") ?? say("one.all")],
        [say("one.templates"), endpoint.templates?.join(", ") ?? say("one.allTemplates")],
        [say("one.rate"), endpoint.rate_per_second],
        [say("one.headers"), endpoint.header_names.join(", ")],
        [say("one.created"), formatFull(endpoint.created_at)],
      ]}
    />
  );
}

function Deliveries({ endpointId }: { endpointId: string }) {
  const say = webhookWords.useWords();
  const navigate = useNavigate();
  const [state, setState] = useState<Delivery["state"] | undefined>();
  const { rows, error, more } = usePages(
    ["deliveries", endpointId, state],
    (cursor, signal) => listDeliveries(endpointId, { state, cursor }, signal),
    { refetchMs: REFETCH_MS },
  );
  const columns = useMemo(
    (): Column<Delivery>[] => [
      { id: "event", title: say("delivery.event"), card: "headline", cell: (row) => row.event },
      {
        id: "state",
        title: say("delivery.state"),
        cell: (row) => <DeliveryState state={row.state} />,
      },
      {
        id: "attempts",
        title: say("delivery.attempts"),
        align: "end",
        cell: (row) => row.attempts,
      },
      {
        id: "created",
        title: say("delivery.created"),
        align: "end",
        cell: (row) => formatFull(row.created_at),
      },
      {
        id: "due",
        title: say("delivery.due"),
        align: "end",
        cell: (row) => sayNext(row, say),
      },
    ],
    [say],
  );
  return (
    <>
      <Select
        aria-label={say("delivery.state")}
        placeholder={say("delivery.any")}
        clearable
        className={styles.filter}
        data={STATES.map((value) => ({ value, label: say(`delivery.states.${value}`) }))}
        value={state ?? null}
        onChange={(value) => setState(STATES.find((each) => each === value))}
      />
      <ProblemNotice error={error} />
      <DataTable
        label={say("one.deliveries")}
        columns={columns}
        rows={rows}
        failed={error !== null}
        rowId={(row) => row.id}
        onOpen={({ id: deliveryId }) =>
          void navigate({
            to: "/webhooks/$endpointId/entregas/$deliveryId",
            params: { endpointId, deliveryId },
          })
        }
        more={more}
        empty={
          <EmptyState
            icon={IconWebhook}
            title={say("delivery.none")}
            text={say("delivery.noneText")}
          />
        }
      />
    </>
  );
}

/** An address that breaks where it is divided, if it must: what is cut within a word is read wrong. */
function Address({ url }: { url: string }) {
  const parts = url.split(/(?<=[/?&=.-])(?![/?&=.-])/u);
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of an address have no other name.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
