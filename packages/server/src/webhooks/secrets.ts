import { randomBytes } from "node:crypto";
import type { SecretBox } from "../platform/secret-box.ts";

/** A signing secret of an endpoint. */
export interface EndpointSecret {
  /** `whsec_` and 24 to 64 bytes in base64 (Standard Webhooks, "Secret"). */
  secret: string;
  /** ISO 8601; null for the newest. */
  expiresAt: string | null;
}

/** A replaced secret still signs this long, so that its owner can change over without losing events. */
export const SECRET_OVERLAP_MS = 24 * 3_600_000;

const SECRET_BYTES = 32;
const PREFIX = "whsec_";

/** A new secret. */
export function createSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString("base64");
}

/** Whether a text is a secret that receivers' libraries will take. */
export function isSecret(text: string): boolean {
  if (!text.startsWith(PREFIX)) return false;
  const coded = text.slice(PREFIX.length);
  const bytes = Buffer.from(coded, "base64");
  return bytes.length >= 24 && bytes.length <= 64 && bytes.toString("base64") === coded;
}

/** Puts a secret in front; the one before stays for {@link SECRET_OVERLAP_MS}, older ones go at once. */
export function rotateSecrets(
  secrets: readonly EndpointSecret[],
  secret: string,
  nowMs: number,
): EndpointSecret[] {
  const expiresAt = new Date(nowMs + SECRET_OVERLAP_MS).toISOString();
  const previous = secrets.slice(0, 1).map((old) => ({ secret: old.secret, expiresAt }));
  return [{ secret, expiresAt: null }, ...previous];
}

/** Those that sign now, newest first. */
export function findLiveSecrets(secrets: readonly EndpointSecret[], nowMs: number): string[] {
  return secrets
    .filter(({ expiresAt }) => expiresAt === null || Date.parse(expiresAt) > nowMs)
    .map(({ secret }) => secret);
}

/** Seals an endpoint's secrets for storage. */
export function sealSecrets(
  box: SecretBox,
  endpointId: string,
  secrets: readonly EndpointSecret[],
): Buffer {
  return box.seal(secrets, `endpoint:${endpointId}`);
}

/** Opens what {@link sealSecrets} sealed; throws when it was moved or changed. */
export function openSecrets(box: SecretBox, endpointId: string, sealed: Buffer): EndpointSecret[] {
  return box.open(sealed, `endpoint:${endpointId}`) as EndpointSecret[];
}
