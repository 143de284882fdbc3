import type { ErrorCode } from "@recado/contract/error-codes";

/** What a caller may read about a refusal, and what only the log may. */
export interface ErrorDetail {
  /** What is wrong and what to do about it; shown to the caller. */
  message: string;
  /** Fields at fault. */
  errors?: { path: string; message: string }[];
  /** Seconds after which trying again makes sense (`Retry-After`). */
  retryAfterS?: number;
  /** Who of the caller's account has what was wanted. */
  holder?: { user_id: string; name: string };
}

/** A refusal or failure that we foresaw and can name. Anything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: ErrorDetail;

  constructor(code: ErrorCode, detail: ErrorDetail | string, options?: ErrorOptions) {
    const whole = typeof detail === "string" ? { message: detail } : detail;
    super(whole.message, options);
    this.name = "AppError";
    this.code = code;
    this.detail = whole;
  }
}
