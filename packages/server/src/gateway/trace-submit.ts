import type { SendOutcome } from "../domain/send-outcome.ts";
import { IDS_NAMED_MAX, noTracer, type Tracer } from "../platform/tracer.ts";
import type { WaitingChannel } from "../storage/submitting.ts";
import { type Claim, type ClaimDeps, type ClaimedCall, claimMessages } from "./claim.ts";

/** {@link claimMessages} as a step, when somebody traces. */
export function traceClaim(
  deps: ClaimDeps & { tracer?: Tracer },
  channel: WaitingChannel,
  countMax: number,
): Promise<Claim | null> {
  const { tracer = noTracer } = deps;
  const facts = { "recado.account_id": channel.accountId, "recado.channel_id": channel.channelId };
  return tracer.trace({ name: "submit.claim", root: true, facts }, async (span) => {
    const claim = await claimMessages(deps, channel, countMax);
    if (tracer.enabled) {
      const ids = claim?.calls.map((call) => call.message.id) ?? [];
      span.note({ "recado.messages": ids.length });
      span.note({ "recado.message_ids": ids.slice(0, IDS_NAMED_MAX) });
    }
    return claim;
  });
}

/** A call to a provider as a step. Nothing of it goes to the provider. */
export function traceCall(
  { tracer = noTracer }: { tracer?: Tracer },
  call: ClaimedCall,
  send: () => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const facts = {
    "recado.account_id": call.accountId,
    "recado.message_id": call.message.id,
    "recado.attempt": call.message.attempts + 1,
  };
  return tracer.trace(
    { name: "provider.call", kind: "client", root: true, facts },
    async (span) => {
      const outcome = await send();
      span.note({
        "recado.outcome": outcome.kind,
        "recado.code": outcome.kind === "refused" ? outcome.failure.code : undefined,
      });
      return outcome;
    },
  );
}
