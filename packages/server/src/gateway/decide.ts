import { hash, timingSafeEqual } from "node:crypto";
import { WS_PRECEDENCE, type WsRefusal } from "@recado/contract/ws-codes";
import {
  type AccountSnapshot,
  findPrice,
  type MessageCategory,
  type ProjectView,
  type TemplateView,
  type TokenView,
} from "../domain/account-snapshot.ts";
import { fitsHeader } from "../domain/media-kind.ts";
import { parseMobile } from "../domain/phone.ts";
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
  /** Whether the account has any project that the token may use. */
  hasProject: boolean;
  project: ProjectView | null;
  template: TemplateView | null;
  category: MessageCategory | null;
  mobile: { digits: string; country: string } | null;
  price: bigint | null;
  /** What is said, for recognising a repeat; hex. */
  digest: string;
  /** The first refusal that neither the balance nor what was said before decides; null: none. */
  refusal: WsRefusal | null;
}

/** Looks up what a send concerns. */
export function resolveSend(
  prepared: PreparedSend,
  snapshot: AccountSnapshot | null,
  nowMs: number,
): ResolvedSend {
  const { tokenHash, request } = prepared;
  const token = snapshot && findCaller({ login: request.login, tokenHash }, snapshot, nowMs);
  const known = token ? snapshot : null;
  const template = known && token ? findTemplate(prepared, known, token) : null;
  const projectId = template?.projectId ?? token?.projectId ?? known?.defaultProjectId ?? null;
  const project = (projectId !== null && known?.projects.get(projectId)) || null;
  const parsed = parseMobile(request.mobile, [...(known?.countries ?? [])]);
  const mobile = parsed.kind === "mobile" ? parsed : null;
  const free = prepared.wanted?.kind === "text" ? "service" : null;
  const category: MessageCategory | null = template?.category ?? free;
  const price =
    known && category && mobile
      ? findPrice(known, { country: mobile.country, category }, nowMs)
      : null;
  const hasProject = known !== null && (project !== null || findProjects(known, token).length > 0);
  const digest = digestSend(prepared, template);
  const found = { snapshot: known, token, hasProject, project, template, category, mobile, price };
  const refusal = findFirst(judgeStatic({ prepared, ...found }));
  return { prepared, ...found, digest, refusal };
}

/** What only the database, and the neighbours in the same transaction, can tell. */
export interface Standing {
  balance: bigint;
  repeated: boolean;
  marketingCount: number;
}

/** The refusal to answer, or null: accepted. */
export function judgeSend(send: ResolvedSend, standing: Standing): WsRefusal | null {
  if (send.refusal === 2) return 2;
  const { project, template, price } = send;
  const applying: WsRefusal[] = send.refusal === null ? [] : [send.refusal];
  if (price !== null && standing.balance < price) applying.push(5);
  if (standing.repeated) applying.push(9);
  if (template?.category === "marketing" && project) {
    if (standing.marketingCount >= project.marketingMax) applying.push(10);
  }
  return findFirst(applying);
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

type StaticSend = Omit<ResolvedSend, "digest" | "refusal">;

function judgeStatic(send: StaticSend): WsRefusal[] {
  if (!send.snapshot) return [2];
  return [...judgeCaller(send), ...judgeService(send), ...judgeContent(send), ...judgeMedia(send)];
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

function judgeContent({ prepared, template }: StaticSend): WsRefusal[] {
  const { request, wanted, variables } = prepared;
  const refusals: WsRefusal[] = [];
  if (!wanted) refusals.push(6);
  if (wanted?.kind === "template") {
    if (variables?.some((value) => value.trim() === "")) refusals.push(6);
    if (template?.status !== "approved") refusals.push(7);
    if (!variables || (template && variables.length !== template.variables)) refusals.push(8);
  }
  if (isLonger(request.customField, CUSTOM_FIELD_LENGTH_MAX)) refusals.push(1011);
  if (wanted?.kind === "text" && isLonger(wanted.text, MESSAGE_LENGTH_MAX)) refusals.push(1011);
  return refusals;
}

/** In characters; most texts are short enough even in the units of JavaScript. */
function isLonger(text: string, lengthMax: number): boolean {
  return text.length > lengthMax && [...text].length > lengthMax;
}

function judgeMedia({ prepared, template }: StaticSend): WsRefusal[] {
  const media = prepared.request.media;
  const format = template?.header === "text" ? null : (template?.header ?? null);
  const refusals: WsRefusal[] = [];
  if (media?.kind === "invalid") refusals.push(1010);
  if (media?.kind === "too-large") refusals.push(1011);
  if (!template) return refusals;
  if (format && !media) refusals.push(1008);
  if (media && !format) refusals.push(1005);
  if (format && media?.kind === "file" && !fitsHeader(media.file.type, format)) refusals.push(1005);
  return refusals;
}

/**
 * The token of a caller of the `ws` API. Null for an unknown, expired or foreign one, a disabled person or
 * account: one answer for all.
 */
export function findCaller(
  caller: { login: string; tokenHash: string },
  snapshot: AccountSnapshot,
  nowMs: number,
): TokenView | null {
  const token = snapshot.tokens.get(caller.tokenHash);
  const sameLogin = equalInConstantTime(caller.login, token?.login ?? "");
  const live =
    token?.kind === "ws" &&
    token.active &&
    (token.expiresAtMs === null || nowMs < token.expiresAtMs);
  return token && live && sameLogin && snapshot.active ? token : null;
}

const LOGIN_BYTES_MAX = 512;
const [given, right] = [Buffer.alloc(LOGIN_BYTES_MAX), Buffer.alloc(LOGIN_BYTES_MAX)];

/** Compares two logins, whatever their case, in a time that says nothing about where they differ. */
function equalInConstantTime(login: string, own: string): boolean {
  const text = login.trim().toLowerCase();
  const longest = Math.max(Buffer.byteLength(text), Buffer.byteLength(own));
  if (own === "" || longest > LOGIN_BYTES_MAX) return false;
  given.fill(0).write(text);
  right.fill(0).write(own.toLowerCase());
  return timingSafeEqual(given, right);
}

function findProjects(snapshot: AccountSnapshot, token: TokenView | null): ProjectView[] {
  const all = [...snapshot.projects.values()];
  return token?.projectId ? all.filter((project) => project.id === token.projectId) : all;
}

function findTemplate(
  prepared: PreparedSend,
  snapshot: AccountSnapshot,
  token: TokenView,
): TemplateView | null {
  if (prepared.wanted?.kind !== "template" || prepared.wanted.number === null) return null;
  const template = snapshot.templatesByNumber.get(prepared.wanted.number);
  const confined = token.projectId !== null && template?.projectId !== token.projectId;
  return template && !confined ? template : null;
}

function digestSend(prepared: PreparedSend, template: TemplateView | null): string {
  const { request, wanted, variables } = prepared;
  const media = request.media;
  const said = [
    template?.id ?? (wanted?.kind === "text" ? wanted.text : null),
    template ? variables : null,
    media?.kind === "file" ? media.file.sha256 : media?.kind === "url" ? media.url : null,
  ];
  return hash("sha256", JSON.stringify(said));
}
