import { createHash } from "node:crypto";
import type { AccountSnapshot, TemplateView, TokenView } from "../domain/account-snapshot.ts";
import type { TemplateGuard } from "../domain/category-guard.ts";
import { NO_LIMITS } from "../domain/limits.ts";
import type { ResolvedSend } from "../gateway/decide.ts";
import { resolveSend } from "../gateway/resolve-send.ts";
import { type ApiSendRequest, prepareSend, type WsSendRequest } from "../gateway/send-request.ts";

/* An account that can send, as the rules see it: nothing of it is in any database. */

/** The moment at which all of it holds. */
export const NOW = Date.UTC(2026, 10, 22, 15);
/** The `ws` token of its login `ana`, in the clear. */
export const TOKEN = "the-token";
/** SHA-256 of it, hex. */
export const TOKEN_HASH = createHash("sha256").update(TOKEN).digest("hex");
/** Of a marketing message, in 1/10,000 units; a free text costs nothing. */
export const PRICE = 2_500_000n;

/** A template of its project: approved, of marketing, with one variable. */
export const makeTemplate = (number: number, more: Partial<TemplateView> = {}): TemplateView => ({
  id: `template-${number}`,
  number,
  projectId: "project",
  name: "t",
  language: "es",
  category: "marketing",
  status: "approved",
  guard: null,
  definition: {
    header: null,
    body: "Hola {{1}}",
    footer: null,
    buttons: [],
    parameterFormat: "positional",
  },
  variables: 1,
  header: null,
  providerTemplateId: null,
  rejectedReason: null,
  twins: new Map(),
  ...more,
});

/** Of a template that became dearer and waits for somebody to say yes. */
export const GUARD: TemplateGuard = {
  ...{ state: "waiting", before: "utility", now: "marketing" },
  ...{ currency: "COP", prices: [], at: "2026-11-20T00:00:00Z" },
};

/** One project with one number and four templates: 1 is fine, 2 paused, 3 wants an image, 4 is guarded. */
export const SNAPSHOT: AccountSnapshot = {
  accountId: "account",
  version: 1n,
  active: true,
  currency: "COP",
  countries: ["CO"],
  tokens: new Map([
    [
      TOKEN_HASH,
      {
        id: "token",
        kind: "ws",
        login: "ana",
        active: true,
        projectId: null,
        scopes: [],
        expiresAtMs: null,
      },
    ],
  ]),
  projects: new Map([
    [
      "project",
      {
        id: "project",
        active: true,
        timeZone: "America/Bogota",
        channelId: "channel",
        fallbackChannelId: null,
        marketingMax: 2,
        marketingWindowMs: 86_400_000,
        categoryGuardLimit: 100,
        deadlineMs: {},
      },
    ],
  ]),
  defaultProjectId: "project",
  channels: new Map([
    [
      "channel",
      {
        id: "channel",
        active: true,
        provider: "meta-cloud",
        officialNumber: "573005202020",
        numberId: "1",
        ratePerSecond: 80,
      },
    ],
  ]),
  templatesByNumber: new Map([
    [1, makeTemplate(1)],
    [2, makeTemplate(2, { status: "paused" })],
    [3, makeTemplate(3, { header: "image" })],
    [4, makeTemplate(4, { guard: GUARD })],
  ]),
  prices: [
    { country: "*", category: "marketing", amount: PRICE, fromMs: 0, toMs: null },
    { country: "*", category: "service", amount: 0n, fromMs: 0, toMs: null },
  ],
  limits: NO_LIMITS,
};

/** A send of template 1 by the manual's API, looked up. */
export function makeWsSend(
  fields: Partial<WsSendRequest> = {},
  snapshot: AccountSnapshot = SNAPSHOT,
): ResolvedSend {
  const request: WsSendRequest = {
    ...{ source: "ws", login: "ana", token: TOKEN, mobile: "573001234567", idTemplate: "1" },
    ...{ message: undefined, templateVariables: "[Ana]", customField: "", mediaName: "" },
    ...{ media: null, ...fields },
  };
  return resolveSend(prepareSend(request), snapshot, NOW);
}

/** A send of template 1 by `/v1`, looked up. */
export function makeApiSend(
  fields: Partial<ApiSendRequest> = {},
  snapshot: AccountSnapshot = withApiToken(SNAPSHOT),
): ResolvedSend {
  const request: ApiSendRequest = {
    ...{ source: "v1", tokenHash: TOKEN_HASH, projectId: null, mobile: "573001234567" },
    ...{ template: { number: 1 }, text: null, variables: ["Ana"], customField: "", mediaName: "" },
    ...{ media: null, sendAtMs: null, validForMs: null, ...fields },
  };
  return resolveSend(prepareSend(request), snapshot, NOW);
}

/** The same account with its token for `/v1` instead. */
export function withApiToken(snapshot: AccountSnapshot): AccountSnapshot {
  const token: TokenView = {
    ...{ id: "token", kind: "api", login: "", active: true, projectId: null },
    ...{ scopes: ["messages:write"], expiresAtMs: null },
  };
  return { ...snapshot, tokens: new Map([[TOKEN_HASH, token]]) };
}
