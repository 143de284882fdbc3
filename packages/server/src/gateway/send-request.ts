import { hash } from "node:crypto";
import type { Interactive } from "@recado/contract/v1/session-content";
import type { SendExtras, SessionContent } from "../domain/session-content.ts";
import { parseTemplateVariables } from "../domain/template-variables.ts";
import type { MediaIntake } from "./media-intake.ts";

/*
 * A send as it came through one of the two doors, and the one form that both are read into. Behind it there is one
 * acceptance with one set of rules.
 */

interface AnySendRequest {
  mobile: string;
  customField: string;
  mediaName: string;
  media: MediaIntake | null;
  /** The caller's; the same key within 72 hours stands for the same send. */
  idempotencyKey?: string | null;
  /** The name under which it is counted; absent or null: none. */
  campaign?: string | null;
}

/** A send by the manual's API; texts as they came. */
export interface WsSendRequest extends AnySendRequest {
  source: "ws";
  login: string;
  token: string;
  idTemplate: string | undefined;
  message: string | undefined;
  templateVariables: string | readonly string[] | undefined;
}

/** A send by `/v1`; its shape has been checked. */
export interface ApiSendRequest extends AnySendRequest {
  source: "v1";
  /** Whose send it is, where a person's session vouches for it; absent or null: the token says. */
  accountId?: string | null;
  /** SHA-256 of the token, hex. */
  tokenHash: string;
  projectId: string | null;
  template: TemplateWish | null;
  /** Null: there was none. */
  text: string | null;
  variables: readonly string[] | Readonly<Record<string, string>>;
  /** Not before then; null: at once. */
  sendAtMs: number | null;
  /** How long it may take to reach `sent`; null: the project's own deadline. */
  validForMs: number | null;
  /** Kept until there is money for it; absent: refused when there is none. */
  waitForBalance?: boolean;
  /** Buttons, places, cards, quotes; null or absent: none of them. */
  extras?: SendExtras | null;
}

/** A text that the platform itself sends for a project, as any other: judged, paid for and shown. */
export interface OwnSendRequest extends AnySendRequest {
  source: "auto";
  accountId: string;
  projectId: string;
  /** The number that it leaves by: the one that the person wrote to. Absent or null: the project's. */
  channelId?: string | null;
  text: string;
  /** Instead of the bare text; absent or null: there is none. */
  interactive?: Interactive | null;
}

/** What a person of the account writes in the console, to whom and through which project is known already. */
export interface ConsoleSendRequest extends AnySendRequest {
  source: "console";
  accountId: string;
  projectId: string;
  /** Who writes. */
  userId: string;
  /** The conversation's number: what is answered there leaves by it. */
  channelId: string;
  template: TemplateWish | null;
  text: string | null;
  variables: readonly string[] | Readonly<Record<string, string>>;
  extras: SendExtras | null;
}

/** A send by any door. */
export type SendRequest = WsSendRequest | ApiSendRequest | OwnSendRequest | ConsoleSendRequest;

/** A template by its `id_template` (null: what came is no number), or by name and language. */
export type TemplateWish = { number: number | null } | { name: string; language: string };

/** The values that a caller gave: in order, or by the names of the template's slots. */
export type GivenVariables =
  | { kind: "list"; values: readonly string[] }
  | { kind: "named"; values: ReadonlyMap<string, string> }
  | { kind: "unreadable"; why: string };

/** What to send. */
export type Wanted =
  | { kind: "template"; by: TemplateWish }
  | { kind: "text"; text: string }
  | { kind: "session"; content: SessionContent };

/** A request with everything read that needs no database. */
export interface PreparedSend {
  /** The door it came through. */
  source: SendRequest["source"];
  /** The account that the platform itself, or somebody signed in to it, sends for; null: the token says whose it is. */
  accountId: string | null;
  /** Null: the token alone says who calls. */
  login: string | null;
  /** SHA-256 of the token, hex. */
  tokenHash: string;
  mobile: string;
  /** The project that the caller named. */
  projectId: string | null;
  /** The number to send by, where it matters; null: the project's. */
  channelId: string | null;
  /** What to send; null when nothing came. With a file, the text is its caption and may be empty. */
  wanted: Wanted | null;
  variables: GivenVariables;
  customField: string;
  mediaName: string;
  media: MediaIntake | null;
  /** The name under which it is counted; null: none. */
  campaign: string | null;
  /** Whether it is kept when there is no money for it. */
  waitForBalance: boolean;
  sendAtMs: number | null;
  validForMs: number | null;
  extras: SendExtras | null;
  /** Who wrote it in the console; absent: nobody, a program sends it. */
  userId?: string;
  /** The caller's key, and the SHA-256 (hex) of everything that it asks for. */
  idempotency: { key: string; digest: string } | null;
}

/** Reads a request; never throws. */
export function prepareSend(request: SendRequest): PreparedSend {
  const { mobile, customField, mediaName, media } = request;
  const content = readContent(request);
  const send = {
    ...content,
    mobile,
    customField,
    mediaName,
    media,
    campaign: request.campaign ?? null,
    waitForBalance: request.source === "v1" && (request.waitForBalance ?? false),
  };
  const key = request.idempotencyKey ?? null;
  return { ...send, idempotency: key === null ? null : { key, digest: digestRequest(send) } };
}

/** What identifies a file: its content or its address. */
export function identifyMedia(media: MediaIntake | null): string | null {
  if (media?.kind === "file") return media.file.sha256;
  return media?.kind === "url" ? media.url : null;
}

type ReadContent = Pick<
  PreparedSend,
  | "source"
  | "accountId"
  | "login"
  | "tokenHash"
  | "projectId"
  | "channelId"
  | "wanted"
  | "variables"
  | "sendAtMs"
  | "validForMs"
  | "extras"
  | "userId"
>;

function readContent(request: SendRequest): ReadContent {
  switch (request.source) {
    case "ws":
      return readWs(request);
    case "v1":
      return readApi(request);
    case "auto":
      return readOwn(request);
    case "console":
      return readConsole(request);
  }
}

function readConsole(request: ConsoleSendRequest): ReadContent {
  const { accountId, projectId, channelId, userId, extras, variables } = request;
  return {
    ...{ source: "console", accountId, projectId, channelId, userId, login: null, tokenHash: "" },
    ...{ sendAtMs: null, validForMs: null, extras },
    wanted: findApiWanted(request),
    variables: readVariables(variables),
  };
}

function readOwn(request: OwnSendRequest): ReadContent {
  const { accountId, projectId, channelId = null, text, interactive } = request;
  const session = interactive ? ({ kind: "interactive", interactive } as const) : null;
  return {
    ...{ source: "auto", accountId, projectId, channelId, login: null, tokenHash: "" },
    ...{ sendAtMs: null, validForMs: null },
    extras: session && { session, referred: null, payloads: [], place: null },
    wanted: session ? { kind: "session", content: session } : { kind: "text", text },
    variables: { kind: "list", values: [] },
  };
}

function readWs(request: WsSendRequest): ReadContent {
  const given = request.templateVariables;
  return {
    source: "ws",
    accountId: null,
    login: request.login,
    tokenHash: hash("sha256", request.token),
    projectId: null,
    channelId: null,
    sendAtMs: null,
    validForMs: null,
    extras: null,
    wanted: findWsWanted(request),
    variables: readList(typeof given === "object" ? [...given] : given),
  };
}

function readApi(request: ApiSendRequest): ReadContent {
  const { tokenHash, projectId, variables } = request;
  return {
    source: "v1",
    accountId: request.accountId ?? null,
    login: null,
    tokenHash,
    projectId,
    channelId: null,
    sendAtMs: request.sendAtMs,
    validForMs: request.validForMs,
    extras: request.extras ?? null,
    wanted: findApiWanted(request),
    variables: readVariables(variables),
  };
}

function readVariables(variables: ApiSendRequest["variables"]): GivenVariables {
  return Array.isArray(variables)
    ? readList([...variables])
    : readNamed(variables as Readonly<Record<string, string>>);
}

function findApiWanted({
  template,
  text,
  media,
  extras,
}: Pick<ApiSendRequest, "template" | "text" | "media" | "extras">): Wanted | null {
  if (template) return { kind: "template", by: template };
  if (extras?.session) return { kind: "session", content: extras.session };
  const free = media !== null || (text !== null && text.trim() !== "");
  return free ? { kind: "text", text: text ?? "" } : null;
}

function readList(given: string | string[] | undefined): GivenVariables {
  const parsed = parseTemplateVariables(given);
  return parsed.kind === "values" ? { kind: "list", values: parsed.values } : parsed;
}

function readNamed(given: Readonly<Record<string, string>>): GivenVariables {
  const names = Object.keys(given);
  const parsed = parseTemplateVariables(Object.values(given));
  if (parsed.kind === "unreadable") return parsed;
  return {
    kind: "named",
    values: new Map(parsed.values.map((value, index) => [names[index] ?? "", value])),
  };
}

/** With both, the template wins and the text is ignored. */
function findWsWanted(request: WsSendRequest): PreparedSend["wanted"] {
  const idTemplate = request.idTemplate?.trim() ?? "";
  if (idTemplate !== "") {
    const number = /^\d{1,9}$/u.test(idTemplate) ? Number(idTemplate) : null;
    return { kind: "template", by: { number } };
  }
  const text = request.message ?? "";
  return text.trim() === "" ? null : { kind: "text", text };
}

function digestRequest(send: Omit<PreparedSend, "idempotency">): string {
  const { source, mobile, projectId, wanted, variables, customField, mediaName, media } = send;
  const values =
    variables.kind === "named"
      ? [...variables.values].sort(([a], [b]) => (a < b ? -1 : 1))
      : variables.kind === "list"
        ? variables.values
        : null;
  const file = [media?.kind ?? null, identifyMedia(media), mediaName];
  const when = [send.sendAtMs, send.validForMs];
  // What is new is added only where it is used: keys from before it stay what they are.
  const waits = send.waitForBalance ? ["waits"] : [];
  const since = send.campaign === null && waits.length === 0 ? [] : [send.campaign, ...waits];
  const extras = send.extras ? [send.extras] : [];
  const said = [
    source,
    mobile.trim(),
    projectId,
    wanted,
    values,
    customField,
    file,
    when,
    ...since,
    ...extras,
  ];
  return hash("sha256", JSON.stringify(said));
}
