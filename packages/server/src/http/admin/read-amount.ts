import { parseMoney } from "../../domain/money.ts";
import { AppError } from "../../platform/app-error.ts";

/** Reads an amount of a body into 1/10,000; refuses what is none, naming the field. */
export function readAmount(path: string, text: string): bigint {
  const amount = parseMoney(text);
  if (amount !== null) return amount;
  const message = "must be an amount such as 125.50, at most four decimals";
  throw new AppError("invalid_request", {
    message: `${path}: ${message}`,
    errors: [{ path, message }],
  });
}
