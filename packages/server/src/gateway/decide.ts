import { WS_PRECEDENCE, type WsRefusal } from "@recado/contract/ws-codes";
import type {
  AccountSnapshot,
  MessageCategory,
  ProjectView,
  TemplateView,
  TokenView,
} from "../domain/account-snapshot.ts";
import { isStopped } from "../domain/category-guard.ts";
import type { CapReached } from "../domain/limits.ts";
import { fitsHeader, MEDIA_TYPES } from "../domain/media-kind.ts";
import { takesHeaderFile } from "../domain/session-content.ts";
import type { PreparedSend } from "./send-request.ts";

/*
 * Whether a send is accepted: pure rules over an account as it stands. Every rule that applies is
 * gathered and the first in the manual's order is answered, so the order of the code decides nothing.
 */

/** Longest `custom_field`, in characters. */
export const CUSTOM_FIELD_LENGTH_MAX = 1_000;
/** Longest free text, in characters. */
export const MESSAGE_LENGTH_MAX = 4_096;

/** A send with everything that it concerns looked up; what is missing is null. */
export interface ResolvedSend {
  prepared: PreparedSend;
  snapshot: AccountSnapshot | null;
  token: TokenView | null;
  /** Whether the account has any project that the token, and the caller's choice, allow. */
  hasProject: boolean;
  project: ProjectView | null;
  template: TemplateView | null;
  /** One value for each slot, as far as that could be told; null when they cannot be read or some are missing. */
  variables: readonly string[] | null;
  category: MessageCategory | null;
  mobile: { digits: string; country: string } | null;
  price: bigint | null;
  /** What is said, for recognising a repeat; hex. */
  digest: string;
  /** The first refusal that neither the balance nor what was said before decides; null: none. */
  refusal: WsRefusal | null;
}

/** What only the database, and the neighbours in the same transaction, can tell. */
export interface Standing {
  balance: bigint;
  repeated: boolean;
  marketingCount: number;
  /** Whether the person is on the project's opt-out list. */
  optedOut: boolean;
  /** A cap that it would break; null: none. */
  cap: CapReached | null;
  /** Messages of its template since that became dearer; absent: the template is not guarded. */
  guardUsed?: number;
}

/** The refusal to answer, or null: accepted. */
export function judgeSend(send: ResolvedSend, standing: Standing): WsRefusal | null {
  const { project, template, price } = send;
  const applying: WsRefusal[] = send.refusal === null ? [] : [send.refusal];
  if (price !== null && standing.balance < price) applying.push(5);
  if (isGuarded(send, standing)) applying.push(7);
  // People do say the same twice in a chat; the composer's key stops what was sent twice by accident.
  if (standing.repeated && send.prepared.source !== "console") applying.push(9);
  if (template?.category === "marketing" && project) {
    if (standing.marketingCount >= project.marketingMax) applying.push(10);
    if (standing.optedOut) applying.push(11);
  }
  if (standing.cap !== null) applying.push(12);
  return findFirst(applying);
}

/** Whether the template became dearer, and more of it must not leave until somebody has decided. */
export function isGuarded(
  { template, project }: Pick<ResolvedSend, "template" | "project">,
  standing: Pick<Standing, "guardUsed">,
): boolean {
  if (!template?.guard) return false;
  return isStopped(template.guard, standing.guardUsed ?? 0, project?.categoryGuardLimit ?? 0);
}

/** Whether 9 or 10 could still be the answer: nothing applies that comes before them. */
export function mayBeRepeated(send: ResolvedSend): boolean {
  return (
    send.snapshot !== null &&
    send.project !== null &&
    send.mobile !== null &&
    (send.refusal === null || WS_PRECEDENCE.indexOf(send.refusal) > WS_PRECEDENCE.indexOf(10))
  );
}

/** The first in the manual's order. */
function findFirst(applying: readonly WsRefusal[]): WsRefusal | null {
  if (applying.length < 2) return applying[0] ?? null;
  return WS_PRECEDENCE.find((code) => applying.includes(code)) ?? null;
}

/** A send whose first refusal has not been looked for yet. */
export type StaticSend = Omit<ResolvedSend, "digest" | "refusal">;

/** The first refusal that neither the balance nor what was said before decides; null: none. */
export function judgeStatic(send: StaticSend): WsRefusal | null {
  if (!send.snapshot) return 2;
  return findFirst([
    ...judgeCaller(send),
    ...judgeService(send),
    ...judgeContent(send),
    ...judgeExtras(send),
    ...judgeMedia(send),
  ]);
}

function judgeCaller(send: StaticSend): WsRefusal[] {
  const refusals: WsRefusal[] = [];
  if (!send.hasProject) refusals.push(3);
  if (!send.mobile) refusals.push(4);
  return refusals;
}

function judgeService({ snapshot, project, category, mobile, price }: StaticSend): WsRefusal[] {
  const channel = project?.channelId ? snapshot?.channels.get(project.channelId) : undefined;
  if (!project?.active || !channel?.active) return [5];
  return category !== null && mobile !== null && price === null ? [5] : [];
}

function judgeContent({ prepared, template, variables }: StaticSend): WsRefusal[] {
  const { wanted, customField } = prepared;
  const refusals: WsRefusal[] = [];
  if (!wanted) refusals.push(6);
  if (wanted?.kind === "template") {
    if (variables?.some((value) => value.trim() === "")) refusals.push(6);
    if (template?.status !== "approved") refusals.push(7);
    if (!variables || (template && variables.length !== template.variables)) refusals.push(8);
  }
  if (isLonger(customField, CUSTOM_FIELD_LENGTH_MAX)) refusals.push(1011);
  if (wanted?.kind === "text" && isLonger(wanted.text, MESSAGE_LENGTH_MAX)) refusals.push(1011);
  return refusals;
}

/** In characters; most texts are short enough even in the units of JavaScript. */
function isLonger(text: string, lengthMax: number): boolean {
  return text.length > lengthMax && [...text].length > lengthMax;
}

/** Whether the message that one refers to is of another chat: WhatsApp shows quotes and reactions in their own. */
export function refersElsewhere({ prepared, project, mobile }: StaticSend): boolean {
  const referred = prepared.extras?.referred;
  if (!referred || !project || !mobile) return false;
  return referred.mobile !== mobile.digits || referred.channelId !== project.channelId;
}

/** Places in the list of payloads whose button is no quick reply of the template. */
export function findIdlePayloads({ prepared, template }: StaticSend): number[] {
  const buttons = template?.definition.buttons ?? [];
  return (prepared.extras?.payloads ?? []).flatMap(({ button }, index) =>
    !template || buttons[button]?.kind === "quick_reply" ? [] : [index],
  );
}

function judgeExtras(send: StaticSend): WsRefusal[] {
  const { template, prepared } = send;
  const refusals: WsRefusal[] = [];
  const place = prepared.extras?.place;
  if (findIdlePayloads(send).length > 0) refusals.push(8);
  if (template?.header === "location" && !(place?.name && place.address)) refusals.push(1008);
  if (template && place && template.header !== "location") refusals.push(1005);
  if (refersElsewhere(send)) refusals.push(1005);
  return refusals;
}

/** Whether a file cannot stand where it would: a sound above buttons, words under a sticker. */
export function isMisplaced({ wanted, media }: PreparedSend): boolean {
  if (media?.kind !== "file") return false;
  const { kind } = MEDIA_TYPES[media.file.type];
  if (wanted?.kind === "text") return kind === "sticker" && wanted.text.trim() !== "";
  if (wanted?.kind !== "session" || wanted.content.kind !== "interactive") return false;
  return !takesHeaderFile(wanted.content.interactive) || kind === "audio" || kind === "sticker";
}

function judgeMedia({ prepared, template }: StaticSend): WsRefusal[] {
  const { media } = prepared;
  const header = template?.header ?? null;
  const format = header === "text" || header === "location" ? null : header;
  const refusals: WsRefusal[] = [];
  if (media?.kind === "invalid") refusals.push(1010);
  if (media?.kind === "too-large") refusals.push(1011);
  if (isMisplaced(prepared)) refusals.push(1005);
  if (!template) return refusals;
  if (format && !media) refusals.push(1008);
  if (media && !format) refusals.push(1005);
  if (format && media?.kind === "file" && !fitsHeader(media.file.type, format)) refusals.push(1005);
  return refusals;
}
