import { describeGuard } from "../domain/category-guard.ts";
import { fitsHeader, KIND_BYTES_MAX, MEDIA_TYPES, type MediaType } from "../domain/media-kind.ts";
import type { ResolvedSend, Standing } from "./decide.ts";
import type { MediaProbe } from "./probe-media.ts";

/** Something that would not stop a send and is worth knowing. */
export interface DryRunWarning {
  code: string;
  message: string;
}

/** The 24 hours after a person's last message to the number; null moments: it is closed. */
export interface MessageWindow {
  lastMessageAt: Date | null;
  closesAt: Date | null;
}

/** What is known of a send that was tried out. */
export interface TriedSend {
  send: ResolvedSend;
  standing: Standing;
  window: MessageWindow | null;
  media: MediaProbe | null;
  /** Whether it would be kept until there is money for it. */
  waits: boolean;
}

/** Everything that would go wrong later, or soon. */
export function listWarnings(tried: TriedSend): DryRunWarning[] {
  const { send, standing, window, waits } = tried;
  const warnings = listMediaWarnings(tried);
  if (send.category === "service" && window && window.closesAt === null) {
    const message =
      "This person has not written in the last 24 hours: WhatsApp takes templates only.";
    warnings.unshift({ code: "outside_window", message });
  }
  if (send.template?.guard) {
    const message = describeGuard(send.template.guard);
    warnings.unshift({ code: "category_guard", message });
  }
  if (waits) {
    const message = "It would be kept, unpaid, until a top-up pays for it.";
    warnings.unshift({ code: "waits_for_balance", message });
  }
  if (send.price !== null && standing.balance - send.price < send.price) {
    const message = "The balance does not pay another such message.";
    warnings.push({ code: "low_balance", message });
  }
  if (send.category === "marketing" && standing.marketingCount + 1 === send.project?.marketingMax) {
    const message = "This is the last marketing message that this person may get for now.";
    warnings.push({ code: "marketing_last", message });
  }
  return warnings;
}

function listMediaWarnings({ send, media: probe }: TriedSend): DryRunWarning[] {
  const { media, mediaName } = send.prepared;
  if (!media) return [];
  const warnings: DryRunWarning[] = [];
  const nameLength = [...mediaName].length;
  if (nameLength > 0 && (nameLength < 10 || nameLength > 60)) {
    const message = "The name has not 10 to 60 characters: another one is made.";
    warnings.push({ code: "media_name_replaced", message });
  }
  if (media.kind === "url" && probe === null) {
    const message = "The address was not tried now: too many are being tried. Ask again.";
    warnings.push({ code: "media_not_fetched", message });
  }
  return probe === null ? warnings : [...warnings, ...judgeProbe(send, probe)];
}

function judgeProbe(send: ResolvedSend, probe: MediaProbe): DryRunWarning[] {
  if (!probe.reachable) {
    return [{ code: "media_unreachable", message: `The file cannot be had: ${probe.why}.` }];
  }
  if (probe.type === null) {
    const why = probe.why ?? "it is too large";
    const code = probe.bytes === Number.POSITIVE_INFINITY ? "media_too_large" : "media_wrong_type";
    return [{ code, message: `The file cannot be sent: ${why}.` }];
  }
  const header = send.template?.header ?? null;
  const isFile = header === "image" || header === "video" || header === "document";
  if (isFile && !fitsHeader(probe.type, header)) {
    const message = `The template's header is ${header} and the file is ${probe.type}.`;
    return [{ code: "media_wrong_type", message }];
  }
  const misplaced = findMisplaced(send, probe.type);
  if (misplaced) return [misplaced];
  const use = isFile ? header : MEDIA_TYPES[probe.type].kind;
  const bytesMax = KIND_BYTES_MAX[use];
  if (probe.bytes === null || probe.bytes <= bytesMax) return [];
  const message = `As ${use} WhatsApp takes ${bytesMax} bytes and the file has ${probe.bytes}.`;
  return [{ code: "media_too_large", message }];
}

/** The same for files that came by address as `decide.ts` says of those that are here. */
function findMisplaced({ prepared }: ResolvedSend, type: MediaType): DryRunWarning | null {
  const { kind } = MEDIA_TYPES[type];
  const { wanted } = prepared;
  if (wanted?.kind === "session" && (kind === "audio" || kind === "sticker")) {
    return { code: "media_wrong_type", message: `A header takes no file of type ${type}.` };
  }
  if (wanted?.kind === "text" && kind === "sticker" && wanted.text.trim() !== "") {
    return { code: "media_wrong_type", message: "A sticker takes no text." };
  }
  return null;
}
