import { hash, timingSafeEqual } from "node:crypto";
import {
  type AccountSnapshot,
  findPrice,
  findTemplatesNamed,
  type MessageCategory,
  type ProjectView,
  type TemplateView,
  type TokenView,
} from "../domain/account-snapshot.ts";
import { parseAddress, reachesHidden } from "../domain/person-address.ts";
import { type Mobile, parseMobile } from "../domain/phone.ts";
import { slotNames } from "../domain/template.ts";
import { judgeStatic, type ResolvedSend } from "./decide.ts";
import { withUsableNumber } from "./other-number.ts";
import { identifyMedia, type PreparedSend } from "./send-request.ts";

/** Looks up what a send concerns. */
export function resolveSend(
  prepared: PreparedSend,
  snapshot: AccountSnapshot | null,
  nowMs: number,
): ResolvedSend {
  const token = snapshot && findSender(prepared, snapshot, nowMs);
  const known = token ? snapshot : null;
  const open = known && token ? findProjects(known, token, prepared.projectId) : [];
  const template = known && token ? findTemplate(prepared, known, token) : null;
  const wantedId = prepared.projectId ?? token?.projectId ?? known?.defaultProjectId;
  const projectId = template?.projectId ?? wantedId;
  const found = open.find(({ id }) => id === projectId);
  const project = known && found ? withUsableNumber(found, known, prepared.channelId) : null;
  const parsed = readAddress(prepared, { snapshot: known, project, template });
  const mobile = parsed.kind === "mobile" ? parsed : null;
  const free = prepared.wanted && prepared.wanted.kind !== "template" ? "service" : null;
  const category: MessageCategory | null = template?.category ?? free;
  const price =
    known && category && mobile
      ? findPrice(known, { country: mobile.country, category }, nowMs)
      : null;
  const variables = resolveVariables(prepared, template);
  const hasProject = open.length > 0;
  const facts = { snapshot: known, token, hasProject, project, template, category, mobile, price };
  const send = { prepared, variables, ...facts };
  const digest = digestSend(prepared, template, variables);
  return { ...send, digest, refusal: judgeStatic(send) };
}

/** Who answers a person in the inbox may answer whoever hides the number, where WhatsApp gives a way to. */
function readAddress(
  { mobile, source }: PreparedSend,
  of: Pick<ResolvedSend, "snapshot" | "project" | "template">,
): Mobile {
  const { snapshot, project, template } = of;
  const countries = [...(snapshot?.countries ?? [])];
  const channel = snapshot?.channels.get(project?.channelId ?? "");
  // A code's template goes to no id (Meta, error 131062).
  const takesIds =
    reachesHidden(channel?.provider ?? "") && template?.category !== "authentication";
  const isAnswer = source === "console" || source === "auto";
  return isAnswer && takesIds ? parseAddress(mobile, countries) : parseMobile(mobile, countries);
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
  const token = findLiveToken(caller.tokenHash, { snapshot, kind: "ws", nowMs });
  const sameLogin = equalInConstantTime(
    caller.login,
    snapshot.tokens.get(caller.tokenHash)?.login ?? "",
  );
  return sameLogin ? token : null;
}

function findSender(
  { login, tokenHash, accountId, projectId }: PreparedSend,
  snapshot: AccountSnapshot,
  nowMs: number,
): TokenView | null {
  if (accountId !== null) return snapshot.active ? { ...OWN_TOKEN, projectId } : null;
  if (login !== null) return findCaller({ login, tokenHash }, snapshot, nowMs);
  const token = findLiveToken(tokenHash, { snapshot, kind: "api", nowMs });
  return token?.scopes.includes("messages:write") ? token : null;
}

/** What the platform itself sends for a project by. */
const OWN_TOKEN = {
  id: "",
  kind: "api",
  login: "",
  active: true,
  scopes: [],
  expiresAtMs: null,
} as const;

function findLiveToken(
  tokenHash: string,
  { snapshot, kind, nowMs }: { snapshot: AccountSnapshot; kind: TokenView["kind"]; nowMs: number },
): TokenView | null {
  const token = snapshot.tokens.get(tokenHash);
  const live =
    token?.kind === kind &&
    token.active &&
    (token.expiresAtMs === null || nowMs < token.expiresAtMs);
  return token && live && snapshot.active ? token : null;
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

/** The projects that the token and the caller's own choice leave open. */
function findProjects(
  snapshot: AccountSnapshot,
  token: TokenView,
  chosen: string | null,
): ProjectView[] {
  return [...snapshot.projects.values()].filter(
    ({ id }) =>
      (token.projectId === null || id === token.projectId) && (chosen === null || id === chosen),
  );
}

function findTemplate(
  { wanted, projectId }: PreparedSend,
  snapshot: AccountSnapshot,
  token: TokenView,
): TemplateView | null {
  if (wanted?.kind !== "template") return null;
  const allowed = (template: TemplateView) =>
    (token.projectId === null || template.projectId === token.projectId) &&
    (projectId === null || template.projectId === projectId);
  if ("number" in wanted.by) {
    const template = snapshot.templatesByNumber.get(wanted.by.number ?? 0);
    return template && allowed(template) ? template : null;
  }
  const named = findTemplatesNamed(snapshot, wanted.by).filter(allowed);
  // The same name in several projects: the one that sends when nobody says which.
  return named.length > 1
    ? (named.find((template) => template.projectId === snapshot.defaultProjectId) ?? null)
    : (named[0] ?? null);
}

function resolveVariables(
  { variables }: PreparedSend,
  template: TemplateView | null,
): readonly string[] | null {
  if (variables.kind === "list") return variables.values;
  if (variables.kind === "unreadable" || !template) return null;
  const names = slotNames(template.definition, template.category);
  const known = new Set(names);
  if ([...variables.values.keys()].some((name) => !known.has(name))) return null;
  const values = names.map((name) => variables.values.get(name));
  return values.every((value) => value !== undefined) ? values : null;
}

function digestSend(
  { wanted, media, extras }: PreparedSend,
  template: TemplateView | null,
  variables: readonly string[] | null,
): string {
  const said = [
    template?.id ?? (wanted?.kind === "text" ? wanted.text : null),
    template ? variables : null,
    identifyMedia(media),
  ];
  return hash("sha256", JSON.stringify(extras ? [...said, extras] : said));
}
