import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Logger } from "pino";
import type { Caller } from "../../accounts/authenticate.ts";
import type { Directory } from "../../accounts/directory.ts";
import type { SessionRules } from "../../accounts/sessions.ts";
import type { Acceptance } from "../../gateway/accept.ts";
import type { MediaSinkOptions } from "../../gateway/media-sink.ts";
import type { ProbeMedia } from "../../gateway/probe-media.ts";
import type { TemplateSource } from "../../gateway/templates.ts";
import { AppError } from "../../platform/app-error.ts";
import type { LinkSigner } from "../../platform/link-signer.ts";
import type { WebhookOffice } from "../admin/admin-deps.ts";

/** Everything that `/v1` is handed. */
export interface V1Deps extends TemplateSource {
  directory: Directory;
  acceptance: Acceptance;
  media: MediaSinkOptions;
  webhooks: WebhookOffice;
  /** Looks at the files of messages that are tried out. */
  probeMedia: ProbeMedia;
  logger: Logger;
  /** Makes links to people's files. */
  links: LinkSigner;
  publicUrl(): string;
  /** Whether e-mails can be sent at all. */
  sendsMail: boolean;
  sessions: SessionRules;
}

/** The part of the server that the calls are added to. */
export type V1App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The holder of an account's api token, or a person who is signed in. */
export type V1Caller = Extract<Caller, { kind: "account" }> & {
  /** SHA-256 of the token, hex; empty: a session vouches for the account. */
  tokenHash: string;
};

/** A call under way. */
export interface V1Exchange {
  caller: V1Caller;
  request: FastifyRequest;
  reply: FastifyReply;
}

const callers = new WeakMap<object, V1Caller>();

/** Notes who a request was found to come from. */
export function setCaller(request: FastifyRequest, caller: V1Caller): void {
  callers.set(request, caller);
}

/** Who the request comes from; it has been authenticated, or it would not be here. */
export function callerOf(request: object): V1Caller {
  const caller = callers.get(request);
  if (!caller) throw new AppError("unauthenticated", "A Bearer token is needed.");
  return caller;
}
