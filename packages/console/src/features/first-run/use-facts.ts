import type { CONSOLE_OPERATIONS } from "@recado/contract/console/operations";
import type { V1_OPERATIONS } from "@recado/contract/v1/operations";
import { useQuery } from "@tanstack/react-query";
import { callConsole, callV1 } from "../../api/call.ts";
import { numbersQuery } from "../../api/numbers-query.ts";
import { useMay } from "../../session/use-session.ts";

type V1 = typeof V1_OPERATIONS;
type Console = typeof CONSOLE_OPERATIONS;

const LOOK = { refetchInterval: 5_000 };
/** Enough to tell "some" from "none"; who has more is long past the first steps. */
const LIMIT = 100;

/** What the steps are judged by, looked at again by itself; undefined while it is asked, or where the role may not know. */
export function useFacts() {
  const { numbers, projects, people, error } = useOfCompany();
  const wallet = useQuery({
    ...{ queryKey: ["wallet"], ...LOOK },
    queryFn: ({ signal }) => callV1<V1["getWallet"]>({ method: "GET", path: "/wallet", signal }),
  }).data;
  const prices = useQuery({
    ...{ queryKey: ["own-prices"], ...LOOK },
    queryFn: ({ signal }) =>
      callConsole<Console["listOwnPrices"]>({ method: "GET", path: "/prices", signal }),
  }).data;
  const templates = useQuery({
    ...{ queryKey: ["templates", "first-run"], ...LOOK },
    queryFn: ({ signal }) =>
      callV1<V1["listTemplates"]>({
        ...{ method: "GET", path: "/templates", signal },
        query: { limit: LIMIT },
      }),
  }).data;
  const tokens = useQuery({
    ...{ queryKey: ["tokens", "first-run"], ...LOOK },
    queryFn: ({ signal }) =>
      callConsole<Console["listTokens"]>({ method: "GET", path: "/tokens", query: {}, signal }),
  }).data;
  const endpoints = useQuery({
    ...{ queryKey: ["endpoints", "first-run"], ...LOOK },
    queryFn: ({ signal }) =>
      callV1<V1["listWebhookEndpoints"]>({ method: "GET", path: "/webhook-endpoints", signal }),
  }).data;
  const messages = useQuery({
    ...{ queryKey: ["messages", "first-run"], ...LOOK },
    queryFn: ({ signal }) =>
      callV1<V1["listMessages"]>({
        ...{ method: "GET", path: "/messages", signal },
        query: { direction: "out", limit: LIMIT },
      }),
  }).data;
  return {
    numbers,
    projects,
    people,
    wallet,
    prices,
    templates,
    tokens,
    endpoints,
    messages,
    error,
  };
}

/** What is asked by more than one door or of some roles only. */
function useOfCompany() {
  const may = useMay();
  const { data: numbers, error } = useQuery({ ...numbersQuery, ...LOOK });
  const projects = useQuery({
    ...{ queryKey: ["projects", "first-run"], ...LOOK, enabled: may("settings.write") },
    queryFn: ({ signal }) =>
      callConsole<Console["listProjects"]>({ method: "GET", path: "/projects", query: {}, signal }),
  }).data;
  const people = useQuery({
    ...{ queryKey: ["people", "first-run"], ...LOOK, enabled: may("people.write") },
    queryFn: ({ signal }) =>
      callConsole<Console["listPeople"]>({ method: "GET", path: "/people", query: {}, signal }),
  }).data;
  return { numbers, projects, people, error };
}

/** See {@link useFacts}. */
export type Facts = ReturnType<typeof useFacts>;
