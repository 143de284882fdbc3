import type { FinalDelivery, FinalMessage, FinalState } from "./final-state.ts";
import type { HookSeen, Record as RunRecord, StatusSeen } from "./record.ts";
import { endpointOf, idOf } from "./world-rows.ts";

/** A receiver that never takes a webhook is given up after so many attempts. */
const ATTEMPTS_MAX = 8;

/** What stands behind what, when both are told. */
const ORDER = ["sent", "failed", "delivered", "read"];

/** Each receiver learns of every step, in order, and of nothing else. */
export function checkHooks(record: RunRecord, state: FinalState): string[] {
  const wrong: string[] = [];
  const hooks = Map.groupBy(record.hooks, (hook) => `${hook.endpointId} ${hook.messageId}`);
  const deliveries = new Map(state.deliveries.map((delivery) => [delivery.id, delivery]));
  for (const message of state.messages) {
    const account = record.plan.accounts.findIndex(
      (_, n) => idOf("account", n) === message.accountId,
    );
    const statuses = record.statuses.filter((status) => status.messageId === message.id);
    const places = record.plan.accounts[account]?.endpoints ?? 0;
    for (let place = 0; place < places; place += 1) {
      const endpointId = endpointOf(account, place);
      const own = hooks.get(`${endpointId} ${message.id}`) ?? [];
      const mayLack = state.deliveries.filter(
        (one) => one.endpointId === endpointId && one.messageId === message.id && isGivenUp(one),
      );
      const found = checkStory(message, { own, statuses, deliveries, mayLack });
      wrong.push(...found.map((what) => `${message.id} (${message.status}) at ${place}: ${what}`));
    }
  }
  const unended = state.deliveries.filter(
    ({ state: at }) => at !== "delivered" && at !== "exhausted",
  );
  wrong.push(...unended.map((one) => `the webhook ${one.id} is left ${one.state}`));
  return wrong;
}

interface Story {
  own: readonly HookSeen[];
  statuses: readonly StatusSeen[];
  deliveries: ReadonlyMap<string, FinalDelivery>;
  /** Those that were given up as documented. */
  mayLack: readonly FinalDelivery[];
}

function checkStory(message: FinalMessage, story: Story): string[] {
  const byId = Map.groupBy(story.own, (hook) => hook.webhookId);
  const told = [...byId.values()].map(([hook]) => hook?.event ?? "");
  const known = new Set([...told, ...story.mayLack.map((one) => one.kind)]);
  const lacking = listNeeded(message, story.statuses, known).filter((event) => !known.has(event));
  return [
    ...lacking.map((event) => `was never told ${event}`),
    ...(new Set(told).size < told.length ? [`was told twice: ${told}`] : []),
    ...told.filter((event) => !isTrue(event, message, story)).map((event) => `was told ${event}`),
    ...checkTaken(byId, story),
    ...checkOrder(byId, story),
  ];
}

/** What must have been told, whatever the order in which things were read. */
function listNeeded(
  { status }: FinalMessage,
  statuses: readonly StatusSeen[],
  known: ReadonlySet<string>,
): string[] {
  const needed = status === "cancelled" ? [] : [status];
  const of = (wanted: string) => statuses.find((one) => one.status === wanted);
  const cameBefore = (event: string, others: readonly string[]) => {
    const at = of(event)?.answeredAtMs ?? Number.POSITIVE_INFINITY;
    return (
      others.every((other) => at < (of(other)?.postedAtMs ?? Number.POSITIVE_INFINITY)) && of(event)
    );
  };
  // Given up meanwhile, a message that is sent stays failed.
  if (!known.has("failed") && cameBefore("sent", ["delivered", "read"])) needed.push("sent");
  if (cameBefore("delivered", ["read"])) needed.push("delivered");
  return needed;
}

function isTrue(event: string, message: FinalMessage, { statuses }: Story): boolean {
  if (statuses.some((one) => one.status === event && one.postedAtMs < Number.POSITIVE_INFINITY))
    return true;
  return event === "failed" && ["failed", "delivered", "read"].includes(message.status);
}

function checkTaken(byId: ReadonlyMap<string, readonly HookSeen[]>, story: Story): string[] {
  return [...byId].flatMap(([id, seen]) => {
    const delivery = story.deliveries.get(id);
    if (!delivery) return [`was told by ${id}, which is not stored`];
    if (seen.some((hook) => hook.isTaken) || isGivenUp(delivery)) return [];
    return [`never took ${seen[0]?.event}, which was not tried as often as promised`];
  });
}

function checkOrder(byId: ReadonlyMap<string, readonly HookSeen[]>, story: Story): string[] {
  const steps = [...byId]
    .map(([id, seen]) => ({ id, seen, event: seen[0]?.event ?? "" }))
    .sort((one, two) => ORDER.indexOf(one.event) - ORDER.indexOf(two.event));
  return steps.flatMap(({ event, seen }, index) => {
    const before = steps[index - 1];
    if (!before) return [];
    const delivery = story.deliveries.get(before.id);
    const takenAtMs = before.seen.find((hook) => hook.isTaken)?.atMs ?? Number.POSITIVE_INFINITY;
    if ((seen[0]?.atMs ?? 0) > takenAtMs || (delivery && isGivenUp(delivery))) return [];
    return [`was told ${event} before it had taken ${before.event}`];
  });
}

function isGivenUp({ state, attempts }: FinalDelivery): boolean {
  return state === "exhausted" && attempts >= ATTEMPTS_MAX;
}
