import type { FastifyRequest } from "fastify";
import type { OfficialNumber } from "../../store/numbers.ts";
import type { MetaParts } from "../meta/meta-parts.ts";
import { type GupshupAnswer, refuse } from "./answers.ts";

/**
 * The numbers that the call's key reaches. A key that nobody has is 401 in JSON; a call without any, or with a
 * bearer token instead, is 401 in plain text, as the wrong kind of key is (fact sheet 0.1, 1.4).
 */
export function authorize(
  parts: MetaParts,
  request: FastifyRequest,
): OfficialNumber[] | GupshupAnswer {
  const { apikey, token, authorization } = request.headers;
  const key = [apikey, token, authorization].find((one) => typeof one === "string" && one !== "");
  if (typeof key !== "string" || key.startsWith("Bearer ")) {
    return { status: 401, type: "text/plain", body: "Portal User Not Found With APIKey" };
  }
  const reached = parts.numbers.listByToken(key, "gupshup");
  return reached.length > 0 ? reached : refuse(401, "Authentication Failed");
}
