import { CONSOLE_OPERATIONS as calls } from "@recado/contract/console/operations";
import { type OwnNumber, readOwnNumbers, readOwnPrices } from "../../accounts/own-business.ts";
import { formatMoney } from "../../domain/money.ts";
import type { ConsoleDeps } from "./console-deps.ts";
import type { ConsoleServe } from "./serve-console.ts";

/** What the account works with: official numbers, and what messages cost. */
export function serveBusiness(serve: ConsoleServe, deps: ConsoleDeps): void {
  serve(calls.listNumbers, async ({ caller }) => {
    const numbers = await readOwnNumbers(deps.pool, caller.accountId);
    return { items: numbers.map((one) => formatNumber(one, deps.clock.now())) };
  });
  serve(calls.listOwnPrices, async ({ caller }) => {
    const { currency, items } = await readOwnPrices(deps, caller.accountId);
    return {
      currency,
      items: items.map((price) => ({
        ...price,
        amount: price.amount === null ? null : formatMoney(price.amount),
      })),
    };
  });
}

function formatNumber({ channel, health, notices }: OwnNumber, nowMs: number) {
  const { restUntil, restReason } = channel;
  const rests = restUntil !== null && restUntil.getTime() > nowMs;
  const since = health?.silentSince ?? null;
  return {
    id: channel.id,
    official_number: channel.officialNumber,
    provider: channel.provider,
    active: channel.state === "active",
    rate_per_second: channel.ratePerSecond,
    resting: rests ? { until: restUntil.toISOString(), reason: restReason } : null,
    silent: since === null ? null : { since: since.toISOString(), expected: health?.expected ?? 0 },
    received_last_hour: health?.lastHour?.toISOString() ?? null,
    notices: notices.map(({ id, what, at }) => ({ id, what, at: at.toISOString() })),
  };
}
