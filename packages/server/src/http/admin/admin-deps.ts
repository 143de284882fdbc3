import type { WebhookEvent } from "@recado/contract/webhook-payloads";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type { Caller } from "../../accounts/authenticate.ts";
import type { DoctorDeps } from "../../accounts/doctor.ts";
import type { TemplateSource } from "../../gateway/templates.ts";
import { AppError } from "../../platform/app-error.ts";

/** Names a row of an account. */
export interface RowKey {
  accountId: string;
  id: string;
}

/** What administration asks of webhooks. */
export interface WebhookOffice {
  /** Makes an enabled endpoint; the secret is shown once. Refuses an address that must not be called. */
  create(wish: {
    accountId: string;
    projectId: string;
    url: string;
    /** Null: all. */
    events: WebhookEvent[] | null;
    headers: Record<string, string>;
  }): Promise<{ id: string; secret: string }>;
  /** Makes a new secret; the one before stays good for a day. */
  rotate(endpoint: RowKey): Promise<{ secret: string }>;
  /** What was parked leaves again. */
  enable(endpoint: RowKey): Promise<void>;
  disable(endpoint: RowKey, reason: string): Promise<void>;
  /** Sends one delivery once more, under its old id. */
  replayOne(delivery: RowKey): Promise<void>;
  /** Sends all of an endpoint's deliveries of a span of time once more; gives their number. */
  replayRange(
    endpoint: RowKey,
    range: { since: Date; until: Date; states: readonly ("delivered" | "exhausted")[] },
  ): Promise<number>;
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
  verify(): Promise<{
    wallets: { accountId: string; balance: bigint; sum: bigint }[];
    messages: { accountId: string; messageId: string; why: string }[];
  }>;
}

/** Everything that the administration API is handed. */
export interface AdminDeps extends TemplateSource {
  wallet: WalletOffice;
  webhooks: WebhookOffice;
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

/** Who the request comes from; it has been authenticated, or it would not be here. */
export function callerOf(request: object): Caller {
  const caller = callers.get(request);
  if (!caller) throw new AppError("unauthenticated", "A Bearer token is needed.");
  return caller;
}
