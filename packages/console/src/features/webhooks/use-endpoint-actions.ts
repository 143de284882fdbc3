import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { sayCallError } from "../../ui/failure/say-call-error.ts";
import { toastProblem } from "../../ui/problem/toast-problem.ts";
import { showToast } from "../../ui/toast/toast.ts";
import {
  changeEndpoint,
  deleteEndpoint,
  type Endpoint,
  type EndpointWish,
  replaySince,
  rotateSecret,
  testEndpoint,
} from "./endpoint-calls.ts";
import { webhookWords } from "./i18n/webhook-words.ts";

/** How far back "what was lost" reaches: as long as deliveries are tried, and then some. */
const LOST_MS = 7 * 86_400_000;

/** What can be done with an endpoint. */
export function useEndpointActions(id: string) {
  const say = webhookWords.useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const onError = toastProblem;
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ["endpoints"] }),
      client.invalidateQueries({ queryKey: ["deliveries", id] }),
    ]);
  const test = useMutation({
    mutationFn: () => testEndpoint(id),
    onSuccess({ ok, http_status: status, error }) {
      const why = error ?? `HTTP ${status}`;
      showToast(
        ok
          ? { kind: "done", text: say("one.tested", { status: status ?? 200 }) }
          : { kind: "problem", text: say("one.testFailed", { why: sayCallError(why) }) },
      );
    },
    onError,
  });
  const replay = useMutation({
    mutationFn: () => replaySince(id, new Date(Date.now() - LOST_MS).toISOString()),
    onSuccess({ replayed: count }) {
      showToast({ kind: "done", text: say("one.replayed", { count }) });
      return refresh();
    },
    onError,
  });
  const rotate = useMutation({ mutationFn: () => rotateSecret(id), onError });
  const turn = useMutation({
    mutationFn: (state: Endpoint["state"]) => changeEndpoint(id, { state }),
    onSuccess: refresh,
    onError,
  });
  const change = useMutation({
    mutationFn: (wish: EndpointWish) => changeEndpoint(id, wish),
    onSuccess() {
      showToast({ kind: "done", text: say("form.saved") });
      return refresh();
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteEndpoint(id),
    async onSuccess() {
      await navigate({ to: "/webhooks" });
      await refresh();
    },
  });
  return { test, replay, rotate, turn, change, remove };
}
