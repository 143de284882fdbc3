import type { NumberTroubles } from "@recado/contract/simulator-troubles";
import { request as httpRequest } from "undici";
import type { OfficialNumber } from "../../store/numbers.ts";
import { asRecord } from "./content.ts";
import type { MetaParts } from "./meta-parts.ts";
import { type Refusal, refuse, refuseParameter } from "./refusal.ts";

const verificationTimeoutMs = 2_000;

/** A number as `GET /{phone_number_id}` shows it (fact sheet 7); `id` always. */
export function formatNumber(
  number: OfficialNumber,
  fields?: string,
  troubles: NumberTroubles = {},
): Record<string, unknown> {
  const quality = troubles.qualityRating ?? "GREEN";
  const all: Record<string, unknown> = {
    verified_name: number.verifiedName,
    code_verification_status: "VERIFIED",
    display_phone_number: formatDisplay(number.displayNumber),
    quality_rating: quality,
    platform_type: "CLOUD_API",
    throughput: { level: number.throughputPerSecond > 80 ? "HIGH" : "STANDARD" },
    webhook_configuration: { application: number.effectiveCallbackUrl },
    id: number.id,
    status: troubles.status ?? "CONNECTED",
    name_status: troubles.nameStatus ?? "APPROVED",
    account_mode: "SANDBOX",
    is_official_business_account: false,
    is_pin_enabled: true,
    quality_score: { score: quality },
    whatsapp_business_manager_messaging_limit: "TIER_UNLIMITED",
    health_status: {
      can_send_message: "AVAILABLE",
      entities: [
        { entity_type: "PHONE_NUMBER", id: number.id, can_send_message: "AVAILABLE" },
        { entity_type: "WABA", id: number.wabaId, can_send_message: "AVAILABLE" },
      ],
    },
  };
  return pick(all, fields, [
    "verified_name",
    "code_verification_status",
    "display_phone_number",
    "quality_rating",
    "platform_type",
    "throughput",
    "webhook_configuration",
  ]);
}

/** A WABA as `GET /{waba_id}` shows it (7). */
export function formatWaba(first: OfficialNumber, fields?: string): Record<string, unknown> {
  const all: Record<string, unknown> = {
    id: first.wabaId,
    name: first.verifiedName,
    currency: "USD",
    timezone_id: "32",
    message_template_namespace: `simulated_${first.wabaId}`,
    account_review_status: "APPROVED",
    business_verification_status: "verified",
    ownership_type: "SELF",
  };
  return pick(all, fields, ["name", "currency", "timezone_id", "message_template_namespace"]);
}

function pick(
  all: Record<string, unknown>,
  fields: string | undefined,
  defaults: string[],
): Record<string, unknown> {
  const wanted = fields?.split(",").map((field) => field.trim()) ?? defaults;
  const shown = [...wanted.filter((field) => field !== "id"), "id"];
  return Object.fromEntries(
    shown.filter((field) => Object.hasOwn(all, field)).map((field) => [field, all[field]]),
  );
}

function formatDisplay(digits: string): string {
  const colombian = /^57(\d{3})(\d{7})$/.exec(digits);
  return colombian ? `+57 ${colombian[1]} ${colombian[2]}` : `+${digits}`;
}

/** The answer of `GET /{waba_id}/subscribed_apps` (3.2). */
export function formatSubscriptions(first: OfficialNumber): Record<string, unknown> {
  if (!first.subscribed) return { data: [] };
  const overridden = first.effectiveCallbackUrl !== first.callbackUrl;
  return {
    data: [
      {
        whatsapp_business_api_data: {
          id: "100000000000001",
          link: "https://www.facebook.com/games/?app_id=100000000000001",
          name: "Simulator",
        },
        ...(overridden ? { override_callback_uri: first.effectiveCallbackUrl } : {}),
      },
    ],
  };
}

/** `POST /{waba_id}/subscribed_apps`, with or without an override, which is verified first (3.1). */
export async function subscribe(
  parts: MetaParts,
  wabaId: string,
  body: unknown,
): Promise<Record<string, unknown> | Refusal> {
  const { override_callback_uri: url, verify_token: token } = asRecord(body) ?? {};
  if (url === undefined) {
    await parts.numbers.setSubscription(wabaId, true, null);
    return { success: true };
  }
  const refusal = await checkOverride(url, token);
  if (refusal !== undefined) return refusal;
  await parts.numbers.setSubscription(wabaId, true, String(url));
  return { success: true };
}

/** `POST /{phone_number_id}` with `webhook_configuration`: an empty URL takes the override away. */
export async function configureNumber(
  parts: MetaParts,
  number: OfficialNumber,
  body: unknown,
): Promise<Record<string, unknown> | Refusal> {
  const configuration = asRecord(asRecord(body)?.webhook_configuration);
  if (configuration === undefined) {
    return refuseParameter("Only webhook_configuration can be set on a simulated number.");
  }
  const { override_callback_uri: url, verify_token: token } = configuration;
  if (url === "") {
    await parts.numbers.setOverride(number.id, null);
    return { success: true };
  }
  const refusal = await checkOverride(url, token);
  if (refusal !== undefined) return refusal;
  await parts.numbers.setOverride(number.id, String(url));
  return { success: true };
}

async function checkOverride(url: unknown, token: unknown): Promise<Refusal | undefined> {
  const isUrl = typeof url === "string" && url.length <= 200 && URL.canParse(url);
  if (!isUrl || typeof token !== "string" || token === "") {
    return refuseParameter(
      "override_callback_uri (at most 200 characters) and verify_token are required.",
    );
  }
  const verification = await verifyCallback(url, token);
  if (verification.ok) return undefined;
  return refuse(2200, verification.detail, {
    message: `(#2200) Callback verification failed with the following errors: ${verification.detail}`,
    httpStatus: 400,
  });
}

/** Asks the callback for its challenge, as Meta does when a callback is saved (3.1). Never throws. */
export async function verifyCallback(
  callbackUrl: string,
  verifyToken: string,
): Promise<{ ok: boolean; detail: string }> {
  const challenge = String(1_000_000_000 + Math.floor(Math.random() * 1_000_000_000));
  const url = new URL(callbackUrl);
  url.searchParams.set("hub.mode", "subscribe");
  url.searchParams.set("hub.challenge", challenge);
  url.searchParams.set("hub.verify_token", verifyToken);
  try {
    const answer = await httpRequest(url, { signal: AbortSignal.timeout(verificationTimeoutMs) });
    const text = (await answer.body.text()).slice(0, 1_000);
    if (answer.statusCode !== 200) return { ok: false, detail: `HTTP ${answer.statusCode}` };
    return text === challenge
      ? { ok: true, detail: "challenge echoed" }
      : { ok: false, detail: "the challenge was not echoed" };
  } catch (error) {
    const detail = error instanceof Error ? error.message : "no answer";
    return { ok: false, detail };
  }
}
