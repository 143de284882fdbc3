import assert from "node:assert/strict";
import { AppError } from "../platform/app-error.ts";

/** Fails unless the work is refused with this code, in words that match. */
export async function refuses(
  work: Promise<unknown>,
  code: AppError["code"],
  message: RegExp,
): Promise<AppError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof AppError, `not refused: ${String(error)}`);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  return error;
}
