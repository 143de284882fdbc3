import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { useQuery } from "@tanstack/react-query";
import { callV1 } from "../../api/call.ts";
import { numbersQuery } from "../../api/numbers-query.ts";
import { formatMoney, parseMoney } from "../../ui/format/format-money.ts";
import { formatMobile } from "../../ui/format/format-number.ts";
import { formatFull } from "../../ui/format/format-time.ts";
import { firstRunWords } from "./i18n/first-run-words.ts";

/** A step to a working account. `done`: null while it is asked; false: not yet; a sentence once it is. */
export interface Step {
  id: "number" | "balance" | "template" | "webhook" | "message" | "people";
  to: string;
  done: string | false | null;
  /** Nothing is missing without it. */
  isOptional?: true;
}

const REFETCH_MS = 5_000;

/** The steps in their order, as the account stands now; they are looked at again by themselves. */
export function useSteps(): Step[] {
  const say = firstRunWords.useWords();
  const { numbers, wallet, templates, endpoints, messages } = useFacts();
  const number = numbers?.items.find(({ active }) => active);
  const enabled = endpoints?.items.filter(({ state }) => state === "enabled").length ?? 0;
  const approved = templates?.items.length ?? 0;
  const last = messages?.items[0];
  const hasMoney = (parseMoney(wallet?.balance ?? "0") ?? 0n) > 0n;
  return [
    {
      id: "number",
      to: "/numeros",
      done:
        numbers &&
        number !== undefined &&
        say("number.done", { number: formatMobile(number.official_number) }),
    },
    {
      id: "balance",
      to: "/saldo",
      done:
        wallet &&
        hasMoney &&
        say("balance.done", { amount: formatMoney(wallet.balance, wallet.currency) }),
    },
    {
      id: "template",
      to: "/plantillas/nueva",
      done: templates && approved > 0 && say("template.done", { count: approved }),
    },
    {
      id: "webhook",
      to: "/webhooks",
      done: endpoints && enabled > 0 && say("webhook.done", { count: enabled }),
    },
    {
      id: "message",
      to: "/probar",
      done:
        messages && last !== undefined && say("message.done", { at: formatFull(last.accepted_at) }),
    },
    { id: "people", to: "/personas", done: false, isOptional: true } as const,
  ].map((step) => ({ ...step, done: step.done ?? null }) as Step);
}

/** What the steps are judged by. */
function useFacts() {
  const look = { refetchInterval: REFETCH_MS };
  const numbers = useQuery({ ...numbersQuery, ...look }).data;
  const wallet = useQuery({
    queryKey: ["wallet"],
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.getWallet>({ method: "GET", path: "/wallet", signal }),
    ...look,
  }).data;
  const templates = useQuery({
    queryKey: ["templates", "first-run"],
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.listTemplates>({
        method: "GET",
        path: "/templates",
        query: { status: "approved", limit: 100 },
        signal,
      }),
    ...look,
  }).data;
  const endpoints = useQuery({
    queryKey: ["endpoints", "first-run"],
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.listWebhookEndpoints>({
        method: "GET",
        path: "/webhook-endpoints",
        signal,
      }),
    ...look,
  }).data;
  const messages = useQuery({
    queryKey: ["messages", "first-run"],
    queryFn: ({ signal }) =>
      callV1<typeof V1_OPERATIONS.listMessages>({
        method: "GET",
        path: "/messages",
        query: { direction: "out", limit: 1 },
        signal,
      }),
    ...look,
  }).data;
  return { numbers, wallet, templates, endpoints, messages };
}
