/**
 * What the secrets that Recado hands out look like, so that a scanner of logs or repositories can find one that got lost.
 * Each matches a secret whole, wherever it stands in a text. A hint (the last four characters) matches none.
 */
export const SECRET_PATTERNS: Readonly<Record<string, RegExp>> = {
  /** Tokens of the `ws` API, of `/v1` and of administrators: 256 random bits in base64url. */
  token: /rcd_(?:ws|api|adm)_[\w-]{40,}/gu,
  /** Secrets of webhook endpoints (Standard Webhooks, "Secret"): 24 to 64 bytes in base64. */
  webhookSecret: /whsec_[A-Za-z0-9+/]{32,88}={0,2}/gu,
  /** Access tokens of Meta's Graph API (Meta, "Access tokens"). */
  accessToken: /\bEAA[A-Za-z0-9_-]{12,}/gu,
  /** Whatever is sent as a bearer. */
  bearer: /\bBearer [\w.~+/-]{16,}=*/giu,
};
