import type { ChannelKeys } from "../accounts/channel-keys.ts";
import type { AccountSnapshot } from "../domain/account-snapshot.ts";
import type { OutgoingContent } from "../domain/outgoing.ts";
import type { SendOutcome } from "../domain/send-outcome.ts";
import { finalFailure } from "../domain/send-outcome.ts";
import type { CallMarker } from "../platform/call-marker.ts";
import { createLane, type Lane } from "../platform/lane.ts";
import type { UpstreamHttp } from "../platform/upstream-http.ts";
import type { Provider } from "../providers/provider.ts";
import { findWaitingChannels, type WaitingChannel } from "../storage/submitting.ts";
import type { StoredMedia } from "./accepted-row.ts";
import { type ClaimedCall, claimMessages, findTemplateById } from "./claim.ts";
import { type CallResult, createOutcomeRecorder, type RecorderDeps } from "./record-outcomes.ts";

/*
 * Hands accepted messages to WhatsApp. Each round goes over the numbers that have messages waiting, every
 * one in turn with an equal share of the free places, so that a campaign of one delays nobody's code.
 * The order for one message never changes: claim and attempt written down → marker and request in one
 * turn → outcome written down. A death at any point is cleared up by `reconcile.ts`.
 */

/** The submit lane with what others need to know of it. */
export interface SubmitLane {
  lane: Lane;
  /** Stops looking, waits for calls under way and until their outcomes are written. */
  drain(): Promise<void>;
  inFlight(): number;
}

/** What the lane needs. */
export interface SubmitDeps extends RecorderDeps {
  http: UpstreamHttp;
  keys: ChannelKeys;
  marker: CallMarker;
  provider(name: string): Provider | null;
  /** Makes a claimed message's file ready, or fails it; never throws. */
  prepare(call: ClaimedCall, snapshot: AccountSnapshot): Promise<void>;
  /** Calls under way at once. */
  concurrency: number;
  intervalMs: number;
  onOutcome(outcome: { kind: SendOutcome["kind"]; provider: string; durationMs: number }): void;
}

/** Calls of one number under way at once: a provider that hangs must not take every place. */
const SHARE_PER_NUMBER = 0.5;
/** A claim's size: small enough that everything written down is called in the same turn. */
const CLAIM_SIZE_MAX = 64;
/** Time left on the lease below which a call is not made any more. */
const LEASE_RESERVE_MS = 40_000;

/** Builds the lane; it does not start by itself. */
export function createSubmitLane(deps: SubmitDeps): SubmitLane {
  const recorder = createOutcomeRecorder(deps);
  const underWay = new Map<string, number>();
  const open = new Set<Promise<void>>();
  let turn = 0;

  const track = (channelId: string, work: Promise<void>) => {
    underWay.set(channelId, (underWay.get(channelId) ?? 0) + 1);
    const done = work
      .catch((error: unknown) => deps.logger.error({ err: error, channelId }, "submit.failed"))
      .finally(() => {
        underWay.set(channelId, (underWay.get(channelId) ?? 1) - 1);
        open.delete(done);
        lane.kick();
      });
    open.add(done);
  };
  const round = async () => {
    const waiting = await findWaitingChannels(deps.pool, "queued");
    turn = (turn + 1) % Math.max(1, waiting.length);
    const order = [...waiting.slice(turn), ...waiting.slice(0, turn)];
    let more = false;
    for (const channel of order) {
      const countMax = findShare(deps, {
        underWay,
        channel,
        numbers: order.length,
        open: open.size,
      });
      if (countMax === 0) continue;
      const claim = await claimMessages(deps, channel, countMax);
      if (!claim) continue;
      more ||= claim.more;
      deps.marker.rotate();
      for (const call of claim.calls) {
        track(channel.channelId, callProvider(deps, claim.snapshot, call).then(recorder.record));
      }
      for (const call of claim.toPrepare) {
        track(channel.channelId, deps.prepare(call, claim.snapshot));
      }
    }
    return more && open.size < deps.concurrency;
  };
  const lane = createLane({
    name: "submit",
    intervalMs: deps.intervalMs,
    logger: deps.logger,
    round,
  });
  return {
    lane,
    inFlight: () => open.size,
    async drain() {
      await lane.stop();
      await Promise.all(open);
    },
  };
}

interface ShareQuestion {
  underWay: ReadonlyMap<string, number>;
  channel: WaitingChannel;
  numbers: number;
  open: number;
}

function findShare(deps: SubmitDeps, question: ShareQuestion): number {
  const free = deps.concurrency - question.open;
  const own = question.underWay.get(question.channel.channelId) ?? 0;
  const ownMax = Math.max(1, Math.floor(deps.concurrency * SHARE_PER_NUMBER));
  const share = Math.ceil(free / question.numbers);
  return Math.max(0, Math.min(free, share, ownMax - own, CLAIM_SIZE_MAX));
}

async function callProvider(
  deps: SubmitDeps,
  snapshot: AccountSnapshot,
  call: ClaimedCall,
): Promise<CallResult> {
  const view = snapshot.channels.get(call.channelId);
  const provider = view ? deps.provider(view.provider) : null;
  const channel = await deps.keys.find(deps.pool, snapshot, call.channelId);
  const content = formatContent(snapshot, call);
  if (!provider || !channel || !content) {
    const reason = "El número o la plantilla del mensaje ya no existe";
    return { call, outcome: { kind: "refused", failure: finalFailure("us", "402", reason) } };
  }
  const startedMs = deps.clock.now();
  const outcome = await provider.send({
    http: deps.http,
    channel,
    to: call.message.mobile,
    opaque: call.message.id,
    content,
    beforeWrite() {
      // A process that slept (or a machine that swapped) must not call on a lease that others may take.
      if (deps.clock.now() > call.leaseUntilMs - LEASE_RESERVE_MS) {
        throw new Error("the lease ran out before the call was made");
      }
      deps.marker.mark(call.attemptId);
    },
  });
  const durationMs = deps.clock.now() - startedMs;
  deps.onOutcome({ kind: outcome.kind, provider: provider.name, durationMs });
  return { call, outcome };
}

function formatContent(snapshot: AccountSnapshot, call: ClaimedCall): OutgoingContent | null {
  const { message } = call;
  const media = formatMedia(message.media as StoredMedia | null);
  if (message.kind === "text") return { type: "text", body: message.body, replyTo: null };
  if (message.kind === "media") {
    return media && { type: "media", media, caption: message.body || null, replyTo: null };
  }
  const template = findTemplateById(snapshot, message.templateId);
  return (
    template && {
      type: "template",
      name: template.name,
      language: template.language,
      category: template.category,
      definition: template.definition,
      providerTemplateId: template.providerTemplateId,
      variables: message.variables,
      media: withHeaderKind(media, template.header),
    }
  );
}

/** A picture may stand in a document header: there it travels as a document. */
function withHeaderKind(media: ReturnType<typeof formatMedia>, header: string | null) {
  if (!media || (header !== "image" && header !== "video" && header !== "document")) return media;
  return { ...media, kind: header } as const;
}

function formatMedia(media: StoredMedia | null) {
  if (!media?.ready || !media.file) return null;
  const { mime } = media.file;
  const [family] = mime.split("/");
  const kind = family === "image" || family === "video" || family === "audio" ? family : "document";
  return { kind, source: media.ready, filename: media.name } as const;
}
