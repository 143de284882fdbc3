import type { FastifyRequest } from "fastify";
import type { OfficialNumber } from "../../store/numbers.ts";
import type { MetaParts } from "./meta-parts.ts";
import { type Refusal, refuse } from "./refusal.ts";

/**
 * The numbers that the call's bearer token reaches. No token, or one that nobody has, is 190 with 401; whether the
 * object asked for is among the numbers is for the caller to judge (a foreign object is like an unknown one).
 */
export function authorize(parts: MetaParts, request: FastifyRequest): OfficialNumber[] | Refusal {
  const header = request.headers.authorization ?? "";
  const token = /^(?:Bearer|OAuth) (.+)$/i.exec(header)?.[1]?.trim();
  if (token === undefined) {
    return refuse(190, undefined, {
      message: "An access token is required to request this resource.",
    });
  }
  const reached = parts.numbers.listByToken(token, "meta");
  if (reached.some((one) => parts.troubles.find(one.id).tokenExpired)) {
    return refuse(190, undefined, {
      message: "Error validating access token: Session has expired",
      subcode: 463,
    });
  }
  if (reached.length > 0) return reached;
  return refuse(190, undefined, {
    message: "Invalid OAuth access token - Cannot parse access token",
  });
}

/** The refusal of a call whose permission the token lacks (fact sheet 2.2: 200 to 299, and 131005 for sends); null: it may. */
export function checkPermission(
  parts: MetaParts,
  number: OfficialNumber,
  permission: "whatsapp_business_messaging" | "whatsapp_business_management",
): Refusal | null {
  if (!parts.troubles.find(number.id).missingPermissions?.includes(permission)) return null;
  return refuse(200, undefined, {
    message: `(#200) You do not have the necessary permissions required to send messages on behalf of this WhatsApp Business Account: ${permission}`,
  });
}
