import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Logger } from "pino";
import type { Caller } from "../../accounts/authenticate.ts";
import type { DoctorDeps } from "../../accounts/doctor.ts";
import type { SessionRules } from "../../accounts/sessions.ts";
import type { MediaSinkOptions } from "../../gateway/media-sink.ts";
import type { TemplateSource } from "../../gateway/templates.ts";
import type { AddressGuard } from "../../platform/address-guard.ts";
import { AppError } from "../../platform/app-error.ts";
import type { LinkSigner } from "../../platform/link-signer.ts";
import type { EndpointCaller } from "../../webhooks/call-endpoint.ts";

/** What administration needs of webhooks. */
export interface WebhookOffice {
  /** Refuses endpoints at addresses that must not be called. */
  guard: AddressGuard;
  /** Posts one signed call at once, for trying an endpoint. */
  callEndpoint: EndpointCaller;
  /** Deliveries have become due: look now. */
  kick(): void;
}

/** What administration asks of the wallet. Amounts in 1/10,000. */
export interface WalletOffice {
  topUp(topup: {
    accountId: string;
    reference: string;
    amount: bigint;
    note: string;
    createdBy: string | null;
  }): Promise<{ balance: bigint; repeated: boolean }>;
  /** A top-up out of a reseller's wallet. */
  allocate(topup: {
    accountId: string;
    fromAccountId: string;
    reference: string;
    amount: bigint;
    note: string;
    createdBy: string | null;
  }): Promise<{ balance: bigint; repeated: boolean }>;
  verify(): Promise<{
    wallets: { accountId: string; balance: bigint; sum: bigint }[];
    messages: { accountId: string; messageId: string; why: string }[];
    resale: { accountId: string; what: string; why: string }[];
    statements: { accountId: string; month: string; why: string }[];
  }>;
}

/** Everything that the administration API is handed. */
export interface AdminDeps extends TemplateSource {
  wallet: WalletOffice;
  webhooks: WebhookOffice;
  logger: Logger;
  /** Makes the links to files that an export of a person's data holds. */
  links: LinkSigner;
  publicUrl(): string;
  /** Whether e-mails can be sent at all. */
  sendsMail: boolean;
  sessions: SessionRules;
  /** Where templates' sample files go. */
  media: MediaSinkOptions;
  doctor: Pick<DoctorDeps, "lagProbe" | "blobFolder" | "hookUrl">;
}

/** The part of the server that the routes are added to. */
export type AdminApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

const callers = new WeakMap<object, Caller>();

/** Notes who a request was found to come from. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** The reseller that the request comes from, by its account; null for the platform's administrator. */
export function resellerOf(request: object): string | null {
  const caller = callerOf(request);
  return caller.kind === "administrator" ? null : caller.accountId;
}

/** Who the request comes from; it has been authenticated, or it would not be here. */
export function callerOf(request: object): Caller {
  const caller = callers.get(request);
  if (!caller) throw new AppError("unauthenticated", "A Bearer token is needed.");
  return caller;
}
