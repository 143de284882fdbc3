import type { ArrivedMessage } from "@recado/contract/simulator-api";
import { useEffect, useMemo, useState } from "react";
import { fetchArrived } from "../api/simulator-client.ts";
import type { PageState, WebhookEntry } from "../state/page-state.ts";
import {
  findTelephone,
  indexTelephones,
  summarizeWebhook,
  type WebhookKind,
  type WebhookSummary,
} from "./webhook-summary.ts";

/** What the reader wants to see; null means all. */
export interface WebhookFilter {
  kind: WebhookKind | null;
  mobile: string | null;
}

/** One webhook, read and put to its telephone. */
export interface ListedWebhook {
  entry: WebhookEntry;
  summary: WebhookSummary;
  mobile: string | null;
}

/** The webhooks that pass the filter, newest first. */
export function useWebhookList(state: PageState, filter: WebhookFilter): ListedWebhook[] {
  const arrived = useArrived(filter.mobile, state.webhooks.length);
  const read = useMemo(
    () => state.webhooks.map((entry) => ({ entry, summary: readOnce(entry) })),
    [state.webhooks],
  );
  const mobiles = useMemo(() => {
    const onStage = Object.values(state.threads)
      .flat()
      .map(({ item }) => ({ id: item.id, to: item.mobile, opaque: null }));
    return indexTelephones(
      read.map(({ summary }) => summary),
      [...onStage, ...arrived],
    );
  }, [read, state.threads, arrived]);
  return useMemo(
    () =>
      read
        .map(({ entry, summary }) => ({ entry, summary, mobile: findTelephone(summary, mobiles) }))
        .filter(
          ({ summary, mobile }) =>
            (filter.kind === null || summary.kind === filter.kind) &&
            (filter.mobile === null || mobile === filter.mobile),
        )
        .reverse(),
    [read, mobiles, filter.kind, filter.mobile],
  );
}

const summaries = new WeakMap<WebhookEntry, WebhookSummary>();

function readOnce(entry: WebhookEntry): WebhookSummary {
  const known = summaries.get(entry) ?? summarizeWebhook(entry.webhook);
  summaries.set(entry, known);
  return known;
}

/** What arrived at the filter's telephone: only there does a failure that names no WhatsApp id find it. */
function useArrived(mobile: string | null, webhookCount: number): readonly ArrivedMessage[] {
  const [arrived, setArrived] = useState<readonly ArrivedMessage[]>([]);
  useEffect(() => {
    if (mobile === null || webhookCount === 0) {
      setArrived([]);
      return;
    }
    let wanted = true;
    const timer = window.setTimeout(() => {
      fetchArrived(mobile).then(
        (messages) => wanted && setArrived(messages),
        () => wanted && setArrived([]),
      );
    }, 150);
    return () => {
      wanted = false;
      window.clearTimeout(timer);
    };
  }, [mobile, webhookCount]);
  return arrived;
}
