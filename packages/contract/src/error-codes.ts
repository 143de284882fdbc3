/**
 * Every error that a caller of HTTP can get besides the manual's outcomes (`ws-codes.ts`), as RFC 9457
 * problems: status, title and whether the same request may succeed later. `docs/errors.md` is compared
 * with this table by a test.
 */
export const ERROR_CODES = {
  malformed_body: { status: 400, title: "The body cannot be read", retryable: false },
  invalid_request: { status: 400, title: "The request is not as documented", retryable: false },
  unauthenticated: { status: 401, title: "The token is missing or not valid", retryable: false },
  sign_in_failed: {
    status: 401,
    title: "The login, the password or the code is wrong",
    retryable: false,
  },
  signature_invalid: { status: 401, title: "The signature does not match", retryable: false },
  forbidden: { status: 403, title: "The token lacks the needed scope", retryable: false },
  origin_refused: { status: 403, title: "Not from a page of this server", retryable: false },
  not_found: { status: 404, title: "There is no such thing", retryable: false },
  no_project: { status: 409, title: "The account has no project", retryable: false },
  project_inactive: {
    status: 409,
    title: "The project or its number is not active",
    retryable: false,
  },
  insufficient_balance: { status: 402, title: "The balance does not suffice", retryable: false },
  no_price: { status: 409, title: "There is no price for this message", retryable: false },
  invalid_mobile: { status: 422, title: "The mobile number is not valid", retryable: false },
  empty_message: { status: 422, title: "There is nothing to send", retryable: false },
  blank_variable: { status: 422, title: "A variable is blank", retryable: false },
  template_not_found: { status: 422, title: "There is no such template", retryable: false },
  template_not_approved: { status: 422, title: "The template is not approved", retryable: false },
  category_guard: {
    status: 409,
    title: "The template became dearer and somebody must decide",
    retryable: false,
  },
  variables_mismatch: {
    status: 422,
    title: "The variables are not those of the template",
    retryable: false,
  },
  repeated_message: {
    status: 409,
    title: "The same was sent less than a minute ago",
    retryable: false,
  },
  marketing_limit: {
    status: 409,
    title: "This person has had all marketing messages allowed",
    retryable: false,
  },
  opted_out: {
    status: 409,
    title: "This person does not want marketing messages",
    retryable: false,
  },
  cap_reached: { status: 409, title: "A cap on spending is reached", retryable: false },
  media_missing: {
    status: 422,
    title: "The template needs a file or a place",
    retryable: false,
  },
  media_mismatch: { status: 422, title: "The file does not fit the message", retryable: false },
  media_invalid: { status: 422, title: "The file cannot be sent", retryable: false },
  message_not_referable: {
    status: 422,
    title: "That message cannot be quoted or reacted to",
    retryable: false,
  },
  content_too_large: { status: 422, title: "The content is too large", retryable: false },
  idempotency_key_reused: {
    status: 422,
    title: "The Idempotency-Key belongs to another request",
    retryable: false,
  },
  not_cancellable: {
    status: 409,
    title: "The message can no longer be cancelled",
    retryable: false,
  },
  cursor_gone: { status: 410, title: "The events after this cursor are gone", retryable: false },
  link_gone: { status: 410, title: "The link was used, or is too old", retryable: false },
  template_invalid: {
    status: 422,
    title: "WhatsApp would refuse the template",
    retryable: false,
  },
  conflict: { status: 409, title: "The state does not allow this", retryable: false },
  taken: { status: 409, title: "Somebody else has the conversation", retryable: false },
  composing: { status: 409, title: "Somebody else writes in the conversation", retryable: false },
  window_closed: { status: 409, title: "Only a template may be sent now", retryable: false },
  body_too_large: { status: 413, title: "The body is too large", retryable: false },
  unsupported_media_type: {
    status: 415,
    title: "The content type is not known here",
    retryable: false,
  },
  too_many_requests: { status: 429, title: "Too many requests", retryable: true },
  upstream_refused: { status: 502, title: "The provider refused the call", retryable: false },
  upstream_unreachable: { status: 502, title: "The provider cannot be reached", retryable: true },
  not_ready: { status: 503, title: "Not ready", retryable: true },
  internal: { status: 500, title: "Something went wrong on our side", retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

/** See {@link ERROR_CODES}. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** The body of every such answer, `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  /** What is wrong and what to do. */
  detail: string;
  /** Where: a field's path, where one is at fault. */
  errors?: { path: string; message: string }[];
  /** Who has what was wanted: `taken`, `composing`. */
  holder?: { user_id: string; name: string };
}
